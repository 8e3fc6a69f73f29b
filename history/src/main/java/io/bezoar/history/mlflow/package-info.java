/// Runs to and from a tracking server that speaks MLflow's REST API.
@NullMarked
package io.bezoar.history.mlflow;

import org.jspecify.annotations.NullMarked;
