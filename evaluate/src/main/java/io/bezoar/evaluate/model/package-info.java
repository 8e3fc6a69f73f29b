/// Models under test behind one interface: recorded answers, a command, an endpoint.
@NullMarked
package io.bezoar.evaluate.model;

import org.jspecify.annotations.NullMarked;
