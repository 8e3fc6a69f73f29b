/// Trainers that poison cannot bend at will: filters that drop rows before and between fits, ensembles
/// over partitions, bounded gradients, and models repaired on rows that are known to be clean.
@NullMarked
package io.bezoar.learn.robust;

import org.jspecify.annotations.NullMarked;
