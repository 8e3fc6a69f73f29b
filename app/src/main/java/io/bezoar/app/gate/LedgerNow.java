package io.bezoar.app.gate;

import java.util.Set;

/// What a ledger says today of what a scan said of it.
///
/// @param same is the scan's ledger this one, and its history the beginning of this one's?
/// @param withdrawn names of the batches that were taken out up to now
public record LedgerNow(boolean same, Set<String> withdrawn) {
    public LedgerNow {
        withdrawn = Set.copyOf(withdrawn);
    }
}
