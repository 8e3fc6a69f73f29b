/// How long a page of a long history takes.
@NullMarked
package io.bezoar.bench.history;

import org.jspecify.annotations.NullMarked;
