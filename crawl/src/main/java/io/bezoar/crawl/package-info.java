/// A crawl held against its first view: snapshots, changes, and what to do about them.
@NullMarked
package io.bezoar.crawl;

import org.jspecify.annotations.NullMarked;
