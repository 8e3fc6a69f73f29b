/// What people decide about campaigns and rows: an append-only, hash-chained log, and where a campaign stands by it.
@NullMarked
package io.bezoar.app.review;

import org.jspecify.annotations.NullMarked;
