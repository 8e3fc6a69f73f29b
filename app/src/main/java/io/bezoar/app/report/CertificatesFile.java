package io.bezoar.app.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.bezoar.learn.certify.CertifiedCurve;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/// Writes `certificates.json`; `docs/certificates.md` has the format.
public final class CertificatesFile {
    static final String SCHEMA = "bezoar.certificates/1";

    private CertificatesFile() {}

    /// Writes the file; `out` stays open.
    public static void write(CertificateReport report, OutputStream out) throws IOException {
        Json.write(out, json -> {
            json.writeStartObject();
            head(report, json);
            json.writeArrayFieldStart("answers");
            for (CertificateReport.Answer answer : report.answers()) {
                json.writeStartObject();
                json.writeStringField("id", answer.id());
                json.writeStringField("label", answer.label());
                json.writeStringField("answer", answer.answer());
                json.writeBooleanField("right", answer.right());
                json.writeNumberField("radius", answer.radius());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /// Writes everything but the single answers, as `--json` prints it.
    public static void summary(CertificateReport report, OutputStream out) throws IOException {
        Json.write(out, json -> {
            json.writeStartObject();
            head(report, json);
            json.writeEndObject();
        });
    }

    private static void head(CertificateReport report, JsonGenerator json) throws IOException {
        CertifiedCurve curve = report.curve();
        json.writeStringField("schema", SCHEMA);
        json.writeStringField("version", report.version());
        json.writeStringField("method", report.method());
        json.writeObjectFieldStart("settings");
        for (Map.Entry<String, String> setting : report.settings().entrySet()) {
            json.writeStringField(setting.getKey(), setting.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("threat");
        json.writeStringField("counts", report.threat().unit() + "s");
        json.writeStringField("words", report.threat().words());
        json.writeEndObject();
        json.writeNumberField("trainRows", report.trainRows());
        json.writeNumberField("testRows", report.answers().size());
        json.writeNumberField("classes", report.classes());
        json.writeNumberField("models", report.models());
        json.writeNumberField("modelBytes", report.modelBytes());
        json.writeNumberField("accuracy", curve.clean());
        json.writeNumberField("medianRadius", curve.median());
        json.writeArrayFieldStart("remarks");
        for (String remark : report.remarks()) {
            json.writeString(remark);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("curve");
        for (int radius = 0; radius <= Math.max(0, curve.most()); radius++) {
            if (radius == 0 || curve.at(radius) != curve.at(radius - 1)) { // steps alone
                json.writeStartObject();
                json.writeNumberField("radius", radius);
                json.writeNumberField("certified", curve.at(radius));
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }
}
