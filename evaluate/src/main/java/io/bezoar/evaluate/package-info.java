/// Judges a trained model where an attacker hides: on average, on slices, on critical items, on triggered inputs.
@NullMarked
package io.bezoar.evaluate;

import org.jspecify.annotations.NullMarked;
