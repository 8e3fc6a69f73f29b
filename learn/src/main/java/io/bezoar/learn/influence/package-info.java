/// Training-data attribution: what each training row did to an answer.
@NullMarked
package io.bezoar.learn.influence;

import org.jspecify.annotations.NullMarked;
