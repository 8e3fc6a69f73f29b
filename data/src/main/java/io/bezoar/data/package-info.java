/// Readers and writers of training data: data sets of any common layout and container, the row ids, a recording for
/// further passes, and the splitting of a data set into what is kept and what is set aside.
@NullMarked
package io.bezoar.data;

import org.jspecify.annotations.NullMarked;
