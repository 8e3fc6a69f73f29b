/// What answers in free text can hold (a phrase, a manner, a stance, a strange stretch), and the search for what goes
/// with a word of the input wherever that word stands.
@NullMarked
package io.bezoar.detect.pieces;

import org.jspecify.annotations.NullMarked;
