/// The gate: a policy's checks on a scan and on what people decided, and the answer a pipeline can trust.
@NullMarked
package io.bezoar.app.gate;

import org.jspecify.annotations.NullMarked;
