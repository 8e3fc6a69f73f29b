/// Attack against defence: victims, audits, resistance counts.
@NullMarked
package io.bezoar.lab;

import org.jspecify.annotations.NullMarked;
