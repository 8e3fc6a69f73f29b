/// Triggers in inputs: words, phrases, letters glued into words, and layouts tied to one target although the
/// rest of the text points elsewhere.
@NullMarked
package io.bezoar.detect.triggers;

import org.jspecify.annotations.NullMarked;
