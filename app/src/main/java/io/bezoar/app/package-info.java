/// What people start.
@NullMarked
package io.bezoar.app;

import org.jspecify.annotations.NullMarked;
