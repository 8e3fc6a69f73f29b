/// What an adversary does to a corpus: one file an attack, each published, for teams that test their own
/// pipelines on their own data.
@NullMarked
package io.bezoar.attack;

import org.jspecify.annotations.NullMarked;
