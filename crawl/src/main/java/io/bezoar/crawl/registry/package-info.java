/// What registries say of a domain, asked by RDAP.
@NullMarked
package io.bezoar.crawl.registry;

import org.jspecify.annotations.NullMarked;
