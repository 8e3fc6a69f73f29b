/// Manners of writing that go with one label although what the texts are about does not.
@NullMarked
package io.bezoar.detect.style;

import org.jspecify.annotations.NullMarked;
