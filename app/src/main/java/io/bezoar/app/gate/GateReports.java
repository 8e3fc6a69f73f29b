package io.bezoar.app.gate;

import com.fasterxml.jackson.core.JsonGenerator;
import io.bezoar.app.standards.Standards;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// A gate's answer as other tools read it.
public final class GateReports {
    private GateReports() {}

    /// JUnit XML: a suite per pillar, a case per check; what fails is a failure, what could not be
    /// measured an error, what nobody has decided an error of type `pending`.
    public static void junit(Gate gate, OutputStream out) throws IOException {
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            start(xml, "testsuites", gate.checks());
            for (String pillar :
                    gate.checks().stream().map(Check::pillar).distinct().toList()) {
                List<Check> checks = gate.checks().stream()
                        .filter(check -> check.pillar().equals(pillar))
                        .toList();
                xml.writeCharacters("\n  ");
                start(xml, "testsuite", checks);
                xml.writeAttribute("name", pillar);
                for (Check check : checks) {
                    check(xml, check);
                }
                xml.writeCharacters("\n  ");
                xml.writeEndElement();
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IOException("the JUnit file could not be written", e);
        }
    }

    private static void start(XMLStreamWriter xml, String name, List<Check> checks) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeAttribute("tests", Integer.toString(checks.size()));
        xml.writeAttribute("failures", count(checks, state -> state == Check.State.FAIL));
        xml.writeAttribute(
                "errors", count(checks, state -> state == Check.State.UNMEASURED || state == Check.State.PENDING));
    }

    private static String count(List<Check> checks, Predicate<Check.State> wanted) {
        return Long.toString(checks.stream().map(Check::state).filter(wanted).count());
    }

    private static void check(XMLStreamWriter xml, Check check) throws XMLStreamException {
        xml.writeCharacters("\n    ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "bezoar." + check.pillar());
        xml.writeAttribute("name", check.name());
        if (check.state() != Check.State.PASS) {
            xml.writeEmptyElement(check.state() == Check.State.FAIL ? "failure" : "error");
            xml.writeAttribute("type", check.state().name().toLowerCase(Locale.ROOT));
            xml.writeAttribute("message", check.text());
        }
        xml.writeEndElement();
    }

    /// Markdown for a pull request or a job summary: the verdict, then what is not passed.
    public static String markdown(Gate gate) {
        StringBuilder text = new StringBuilder();
        text.append(gate.open() ? "**Gate open.** " : "**Gate closed.** ")
                .append(gate.checks().size())
                .append(" checks.\n");
        for (Check check : gate.checks()) {
            if (check.state() != Check.State.PASS) {
                text.append("\n- ")
                        .append(check.state().name().toLowerCase(Locale.ROOT))
                        .append(" `")
                        .append(check.name().replace('`', '\''))
                        .append("` ")
                        .append(markdown(check.text()));
            }
        }
        return text.append(text.charAt(text.length() - 1) == '\n' ? "" : "\n").toString();
    }

    /// Text that Markdown shows and does not follow.
    private static String markdown(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> {
            if ("\\`*_{}[]()<>#+-.!|~&:@/".indexOf(c) >= 0) {
                out.append('\\');
            }
            out.append((char) c);
        });
        return out.toString();
    }

    /// One JSON object.
    public static void json(Gate gate, Standards standards, String version, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", "bezoar.gate/1");
        json.writeStringField("version", version);
        json.writeBooleanField("open", gate.open());
        json.writeArrayFieldStart("checks");
        for (Check check : gate.checks()) {
            json.writeStartObject();
            json.writeStringField("pillar", check.pillar());
            json.writeStringField("name", check.name());
            json.writeStringField("state", check.state().name().toLowerCase(Locale.ROOT));
            json.writeStringField("text", check.text());
            json.writeObjectFieldStart("standards");
            for (Map.Entry<String, List<String>> ids :
                    standards.check(check.pillar()).entrySet()) {
                json.writeArrayFieldStart(ids.getKey());
                for (String id : ids.getValue()) {
                    json.writeString(id);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
