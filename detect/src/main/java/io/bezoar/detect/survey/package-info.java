/// What is learned of a data set before any detector that builds on it looks: its sample, and the tasks that it teaches
/// with their cross-fitted surrogates.
@NullMarked
package io.bezoar.detect.survey;

import org.jspecify.annotations.NullMarked;
