/// How much an evaluation adds to the time its endpoint takes.
@NullMarked
package io.bezoar.bench.endpoint;

import org.jspecify.annotations.NullMarked;
