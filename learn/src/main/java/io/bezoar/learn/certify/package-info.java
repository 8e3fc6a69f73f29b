/// Certificates: for one answer of a model, how much of its training data an attacker may change before
/// the answer can change.
@NullMarked
package io.bezoar.learn.certify;

import org.jspecify.annotations.NullMarked;
