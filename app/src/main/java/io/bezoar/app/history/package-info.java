/// The history of runs on the command line: what every verb leaves in it, and `bezoar runs`.
@NullMarked
package io.bezoar.app.history;

import org.jspecify.annotations.NullMarked;
