/// The scan: runs the detectors together, gathers the groups they suspect, proves what each would do, and gives
/// every row its verdict.
@NullMarked
package io.bezoar.detect.scan;

import org.jspecify.annotations.NullMarked;
