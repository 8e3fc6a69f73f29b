/// Near-duplicates: which texts are nearly the same, and the detector of floods and of equal inputs whose targets
/// contradict each other.
@NullMarked
package io.bezoar.detect.duplicates;

import org.jspecify.annotations.NullMarked;
