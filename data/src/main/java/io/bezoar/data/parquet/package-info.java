/// Parquet files: rows in, rows out, pages by Apache's own encodings.
@NullMarked
package io.bezoar.data.parquet;

import org.jspecify.annotations.NullMarked;
