/// Ids of public standards for findings and checks, from a data file that can be replaced.
@NullMarked
package io.bezoar.app.standards;

import org.jspecify.annotations.NullMarked;
