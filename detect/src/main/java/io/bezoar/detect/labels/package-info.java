/// Wrong labels: rows whose label models contradict that have not seen them, and annotators who err more often than
/// others.
@NullMarked
package io.bezoar.detect.labels;

import org.jspecify.annotations.NullMarked;
