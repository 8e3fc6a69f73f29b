/// Characters that nobody sees or that pass for others, and the targets they are tied to.
@NullMarked
package io.bezoar.detect.hidden;

import org.jspecify.annotations.NullMarked;
