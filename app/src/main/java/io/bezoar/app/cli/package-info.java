/// The command line: one verb, one class.
@NullMarked
package io.bezoar.app.cli;

import org.jspecify.annotations.NullMarked;
