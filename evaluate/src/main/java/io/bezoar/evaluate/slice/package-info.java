/// Parts of a suite that nobody named, found where a model errs.
@NullMarked
package io.bezoar.evaluate.slice;

import org.jspecify.annotations.NullMarked;
