/// A simulated web, crawled twice, with attacks of known kinds in it.
@NullMarked
package io.bezoar.bench.crawl;

import org.jspecify.annotations.NullMarked;
