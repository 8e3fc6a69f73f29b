/// How well a text reads, by a language model of the data themselves, and its stretch that reads worst.
@NullMarked
package io.bezoar.detect.language;

import org.jspecify.annotations.NullMarked;
