/// What a page says: its words, and a sketch of them.
@NullMarked
package io.bezoar.crawl.page;

import org.jspecify.annotations.NullMarked;
