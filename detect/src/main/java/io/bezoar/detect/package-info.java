/// Detection methods, one file each.
@NullMarked
package io.bezoar.detect;

import org.jspecify.annotations.NullMarked;
