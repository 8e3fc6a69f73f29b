/// Rows with vectors: those that stand apart from their label, lie among other labels, or share values tied to one
/// label.
@NullMarked
package io.bezoar.detect.vectors;

import org.jspecify.annotations.NullMarked;
