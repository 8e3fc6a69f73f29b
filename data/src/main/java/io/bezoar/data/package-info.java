/// Readers and writers: every kind of training data becomes examples, in parts.
@NullMarked
package io.bezoar.data;

import org.jspecify.annotations.NullMarked;
