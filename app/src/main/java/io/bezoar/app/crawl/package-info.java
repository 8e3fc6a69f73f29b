/// `bezoar crawl` and its verbs.
@NullMarked
package io.bezoar.app.crawl;

import org.jspecify.annotations.NullMarked;
