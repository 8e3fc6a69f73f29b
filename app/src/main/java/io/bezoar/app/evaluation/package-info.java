/// What a person or a machine reads after a model was judged.
@NullMarked
package io.bezoar.app.evaluation;

import org.jspecify.annotations.NullMarked;
