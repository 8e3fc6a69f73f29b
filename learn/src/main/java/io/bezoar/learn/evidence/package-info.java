/// How much a number speaks against chance: p-values, e-values, and the share of chance among what is
/// called a finding.
@NullMarked
package io.bezoar.learn.evidence;

import org.jspecify.annotations.NullMarked;
