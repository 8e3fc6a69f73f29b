package io.bezoar.crawl;

/// The techniques of MITRE ATLAS that a changed crawl may be a trace of.
public final class Techniques {
    /// Acquire Infrastructure: Domains.
    public static final String DOMAINS = "AML.T0008.002";

    /// AI Supply Chain Compromise: Data.
    public static final String DATA = "AML.T0010.002";

    /// Publish Poisoned Datasets.
    public static final String PUBLISHED = "AML.T0019";

    private Techniques() {}
}
