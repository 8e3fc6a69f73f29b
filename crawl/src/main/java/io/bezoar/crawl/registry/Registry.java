package io.bezoar.crawl.registry;

/// Where facts about domains come from.
@FunctionalInterface
public interface Registry {
    /// What is known of a domain.
    sealed interface Answer {
        /// The registry's own words.
        record Known(Registration registration) implements Answer {}

        /// Nothing is known, which is never a good sign.
        ///
        /// @param why in a few words: `the registry answers with 404`
        record Unknown(String why) implements Answer {}
    }

    /// Nobody is asked.
    Registry NOBODY = _ -> new Answer.Unknown("no registry was asked");

    /// Asks about a domain in lower-case ASCII. Never fails: what cannot be had is unknown.
    Answer ask(String domain);
}
