/// Where a page lies and who owns that place: addresses, hosts, registrable domains.
@NullMarked
package io.bezoar.crawl.address;

import org.jspecify.annotations.NullMarked;
