/// Every run: what was judged, with what, and what came of it; kept in SQLite or PostgreSQL.
@NullMarked
package io.bezoar.history;

import org.jspecify.annotations.NullMarked;
