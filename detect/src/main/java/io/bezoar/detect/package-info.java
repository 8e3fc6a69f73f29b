/// Detection methods, one file each, in rooms by what they look at; `scan` runs them and judges what they found.
///
/// What they are built on, each room on none but those before it: `counting`, `groups`, `duplicates` (which is
/// a method as well), `language`, `pieces`, `survey`. On these stand the methods: `hidden`, `triggers`,
/// `style`, `labels`, `origins`, `vectors`, `documents` and `answers`.
@NullMarked
package io.bezoar.detect;

import org.jspecify.annotations.NullMarked;
