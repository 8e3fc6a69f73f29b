package io.bezoar.core;

import java.util.List;
import java.util.Map;

/// What a scan found, complete but for the score of every row.
///
/// @param dataSet digest and shape of what was read
/// @param detectors what each detector did, in catalog order
/// @param notChecked what was not checked and why, each one sentence
/// @param campaigns worst first
/// @param findings of rows, most suspicious first; bounded, see `omittedFindings`
/// @param omittedFindings row findings left out of `findings`; their rows are in the scores all the same
/// @param remarks of the data set as a whole
/// @param flagged rows whose action is review or quarantine
public record ScanResult(
        DataSet dataSet,
        List<DetectorRun> detectors,
        List<String> notChecked,
        List<Campaign> campaigns,
        List<Finding> findings,
        long omittedFindings,
        List<Remark> remarks,
        Flagged flagged) {

    public ScanResult {
        detectors = List.copyOf(detectors);
        notChecked = List.copyOf(notChecked);
        campaigns = List.copyOf(campaigns);
        findings = List.copyOf(findings);
        remarks = List.copyOf(remarks);
    }

    /// What was read.
    ///
    /// @param files the files, in order
    /// @param rows rows that were read
    /// @param malformed pieces of the files that were not rows
    /// @param unread files, or ends of files, that could not be read; nothing here speaks of them
    /// @param layout what the rows are, in words: "text -> label"
    /// @param columns which column serves as what: `text` -> `body`
    /// @param targets rows per label, most frequent first; empty for free-text targets
    /// @param idsFrom where row ids come from, in words
    public record DataSet(
            List<DataFile> files,
            long rows,
            long malformed,
            List<Malformed> malformedSamples,
            long unread,
            String layout,
            Map<String, String> columns,
            List<Campaign.Count> targets,
            String idsFrom) {
        public DataSet {
            files = List.copyOf(files);
            malformedSamples = List.copyOf(malformedSamples);
            targets = List.copyOf(targets);
        }
    }

    /// One input file.
    ///
    /// @param name as the user gave it
    /// @param bytes size as stored
    /// @param sha256 of the stored bytes, lower-case hex
    public record DataFile(String name, long bytes, String sha256) {}

    /// A piece of a file that could not be read as a row.
    ///
    /// @param file as the user gave it
    /// @param line from 1
    /// @param problem what was expected and what came, one sentence
    /// @param quote the beginning of the piece; raw and hostile
    public record Malformed(String file, long line, String problem, String quote) {}

    /// What one detector did.
    ///
    /// @param settings the record components and their values
    /// @param ran false if the data lack what it needs
    /// @param note why it did not run, or a limit it met; empty if there is nothing to say
    public record DetectorRun(String name, String purpose, Map<String, String> settings, boolean ran, String note) {}

    /// Rows per action.
    public record Flagged(long review, long quarantine) {}
}
