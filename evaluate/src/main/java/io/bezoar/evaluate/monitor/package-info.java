/// Looking again and again without paying in false alarms: e-processes, and a rate of false alarms over
/// many of them.
@NullMarked
package io.bezoar.evaluate.monitor;

import org.jspecify.annotations.NullMarked;
