/// Training again on rows that can be trusted: what was planned, what was done, what can be proved of
/// it.
@NullMarked
package io.bezoar.app.retrain;

import org.jspecify.annotations.NullMarked;
