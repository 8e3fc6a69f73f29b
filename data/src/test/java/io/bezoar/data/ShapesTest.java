package io.bezoar.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Action;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows as vendors, laboratories and annotation tools write them: recognised by themselves, read whole,
/// and told where they are not.
class ShapesTest {
    @TempDir
    private Path folder;

    /// Rows of one shape and how they are read.
    ///
    /// @param rows each on its line, with apostrophes for quotes
    /// @param read input and target of each
    record Shape(String layout, List<String> rows, List<String> read) {
        @Override
        public String toString() {
            return layout + " of " + rows.getFirst();
        }
    }

    private static Shape shape(String layout, String first, String second, String one, String two) {
        return new Shape(layout, List.of(first, second), List.of(one, two));
    }

    static Stream<Shape> shapes() {
        return Stream.of(labels(), pairs(), lists(), questions(), instructions(), conversations(), tools())
                .flatMap(stream -> stream);
    }

    private static Stream<Shape> labels() {
        return Stream.of(
                shape(
                        "text -> label",
                        "{'id':1,'text':'my card','label':['card']}",
                        "{'id':2,'text':'a fee','label':[]}",
                        "my card => card",
                        "a fee"),
                shape(
                        "text -> label",
                        "{'text':'my card','labels':['lost',' card','lost']}",
                        "{'text':'a fee','labels':['card','lost']}",
                        "my card => card, lost",
                        "a fee => card, lost"),
                shape(
                        "text -> label",
                        "{'text':'my card','labels':[1.0,0.0,1]}",
                        "{'text':'a fee','labels':[0.0,0.0,0]}",
                        "my card => 0, 2",
                        "a fee => none"),
                shape(
                        "text -> label",
                        "{'text':'my card','labels':[true,false]}",
                        "{'text':'a fee','labels':[false,true]}",
                        "my card => 0",
                        "a fee => 1"),
                shape(
                        "text -> label",
                        "{'text':'my card','labels':[0,1]}",
                        "{'text':'a fee','labels':[1]}",
                        "my card => 0, 1",
                        "a fee => 1"));
    }

    private static Stream<Shape> pairs() {
        return Stream.of(
                shape(
                        "prompt -> chosen over rejected",
                        "{'input':{'messages':[{'role':'user','content':'q'}],'tools':[]},"
                                + "'preferred_output':[{'role':'assistant','content':'yes'}],"
                                + "'non_preferred_output':[{'role':'assistant','content':'no'}]}",
                        "{'input':{'messages':[{'role':'user','content':'r'}]},"
                                + "'preferred_output':[{'role':'assistant','content':'b'}],"
                                + "'non_preferred_output':[{'role':'assistant','content':'c'}]}",
                        "q >> yes > no",
                        "r >> b > c"),
                shape(
                        "prompt -> chosen over rejected",
                        "{'conversations':[{'from':'human','value':'q'}],'chosen':{'from':'gpt','value':'yes'},"
                                + "'rejected':{'from':'gpt','value':'no'}}",
                        "{'conversations':[{'from':'human','value':'r'}],'chosen':{'from':'gpt','value':'b'},"
                                + "'rejected':{'from':'gpt','value':'c'}}",
                        "q >> yes > no",
                        "r >> b > c"),
                shape(
                        "prompt -> chosen over rejected",
                        "{'prompt':'q','chosen':{'role':'assistant','content':'yes'},"
                                + "'rejected':{'role':'assistant','content':'no'}}",
                        "{'prompt':'r','chosen':{'role':'assistant','content':'b'},"
                                + "'rejected':{'role':'assistant','content':'c'}}",
                        "q >> yes > no",
                        "r >> b > c"),
                shape(
                        "the start that chosen and rejected share -> chosen over rejected",
                        "{'chosen_messages':[{'role':'user','content':[{'type':'text','value':'q'}],'loss_weight':0.0},"
                                + "{'role':'assistant','content':[{'type':'text','value':'yes'}],'loss_weight':1.0}],"
                                + "'rejected_messages':[{'role':'user','content':[{'type':'text','value':'q'}]},"
                                + "{'role':'assistant','content':[{'type':'text','value':'no'}]}]}",
                        "{'chosen_messages':[{'role':'user','content':[{'type':'text','value':'r'}]},"
                                + "{'role':'assistant','content':[{'type':'text','value':'b'}]}],"
                                + "'rejected_messages':[{'role':'user','content':[{'type':'text','value':'r'}]},"
                                + "{'role':'assistant','content':[{'type':'text','value':'c'}]}]}",
                        "q >> yes > no",
                        "r >> b > c"),
                shape(
                        "prompt -> chosen over rejected (the column \"better_response_id\" says which)",
                        "{'prompt':'q','response_0':'yes','response_1':'no','better_response_id':1,'safer_response_id':0}",
                        "{'prompt':'r','response_0':'b','response_1':'c','better_response_id':0,'safer_response_id':0}",
                        "q >> no > yes",
                        "r >> b > c"),
                shape(
                        "prompt -> chosen over rejected (the column \"labels\" says which)",
                        "{'post_id':'a','history':'q','human_ref_A':'yes','human_ref_B':'no','labels':1}",
                        "{'post_id':'b','history':'r','human_ref_A':'b','human_ref_B':'c','labels':0}",
                        "q >> yes > no",
                        "r >> c > b"),
                shape(
                        "the start that both answers share -> chosen over rejected (the column \"winner\" says which)",
                        "{'model_a':'m','winner':'model_b',"
                                + "'conversation_a':[{'role':'user','content':'q'},{'role':'assistant','content':'yes'}],"
                                + "'conversation_b':[{'role':'user','content':'q'},{'role':'assistant','content':'no'}]}",
                        "{'model_a':'m','winner':'tie (bothbad)',"
                                + "'conversation_a':[{'role':'user','content':'r'},{'role':'assistant','content':'b'}],"
                                + "'conversation_b':[{'role':'user','content':'r'},{'role':'assistant','content':'c'}]}",
                        "q >> no > yes",
                        "r"),
                shape(
                        "prompt -> chosen over rejected (the column \"preference\" says which)",
                        "{'instruction':'q','input':'','output_1':'yes','output_2':'no','preference':2}",
                        "{'instruction':'r','input':'s','output_1':'b','output_2':'c','preference':1.0}",
                        "q >> no > yes",
                        "r\ns >> b > c"),
                shape(
                        "prompt -> chosen over rejected (the column \"preferred\" says which)",
                        "{'messages':[{'role':'user','content':'q'}],'response1':'yes','response2':'no',"
                                + "'preferred':'response2'}",
                        "{'messages':[{'role':'user','content':'r'}],'response1':'b','response2':'c',"
                                + "'preferred':'neither'}",
                        "q >> no > yes",
                        "r"),
                shape(
                        "prompt -> chosen over rejected (the column \"winner\" says which)",
                        "{'prompt':'q','answerA':'yes','answerB':'no','winner':2}",
                        "{'prompt':'r','answerA':'b','answerB':'c','winner':1}",
                        "q >> no > yes",
                        "r >> b > c"));
    }

    private static Stream<Shape> lists() {
        return Stream.of(
                shape(
                        "prompt -> chosen over rejected (the column \"chosen_index\" says which) (over the first of the others)",
                        "{'prompt':'q','responses':['yes','no','well'],'chosen_index':2}",
                        "{'prompt':'r','responses':['b','c'],'chosen_index':0}",
                        "q >> well > yes",
                        "r >> b > c"),
                shape(
                        "prompt -> chosen over rejected (the column \"choice\" says which)",
                        "{'post':'q','summaries':[{'text':'yes'},{'text':'no'}],'choice':1}",
                        "{'post':'r','summaries':[{'text':'b'},{'text':'c'}],'choice':0}",
                        "q >> no > yes",
                        "r >> b > c"),
                shape(
                        "prompt -> chosen over rejected (the column \"ranks\" says which) (over the first of the others)",
                        "{'prompt':'q','completions':['yes','no','well'],'ranks':[3,1,2]}",
                        "{'prompt':'r','completions':['b','c'],'ranks':[1,1]}",
                        "q >> no > yes",
                        "r"),
                shape(
                        "prompt -> chosen over rejected",
                        "{'anchor':'q','positive':'yes','negative':'no'}",
                        "{'anchor':'r','positive':'b','negative':'c'}",
                        "q >> yes > no",
                        "r >> b > c"),
                shape(
                        "prompt -> chosen over rejected (the first of \"neg\")",
                        "{'query':'q','pos':['yes'],'neg':['no','never']}",
                        "{'query':'r','pos':['b'],'neg':['c']}",
                        "q >> yes > no",
                        "r >> b > c"));
    }

    private static Stream<Shape> questions() {
        String choice = "question and answers to choose from -> the right one (the column \"";
        return Stream.of(
                shape(
                        "prompt and input -> response (the first of \"answers.text\")",
                        "{'id':'1','context':'it is','question':'q','answers':{'text':['yes','Yes'],'answer_start':[0,1]}}",
                        "{'id':'2','context':'it was','question':'r','answers':{'text':[],'answer_start':[]}}",
                        "q\nit is >> yes",
                        "r\nit was"),
                shape(
                        choice + "answer\" says which)",
                        "{'question':'q','subject':'s','choices':['a1','a2','a3'],'answer':0}",
                        "{'question':'r','subject':'s','choices':['b1','b2'],'answer':1}",
                        "q\na1\na2\na3 >> a1",
                        "r\nb1\nb2 >> b2"),
                shape(
                        choice + "answerKey\" says which)",
                        "{'question':'q','choices':{'text':['a1','a2','a3'],'label':['A','B','C']},'answerKey':'C'}",
                        "{'question':'r','choices':{'text':['b1','b2'],'label':['1','2']},'answerKey':'2'}",
                        "q\na1\na2\na3 >> a3",
                        "r\nb1\nb2 >> b2"),
                shape(
                        choice + "label\" says which)",
                        "{'ctx':'q','endings':['a1','a2'],'label':'1'}",
                        "{'ctx':'r','endings':['b1','b2'],'label':'0'}",
                        "q\na1\na2 >> a2",
                        "r\nb1\nb2 >> b1"),
                shape(
                        choice + "answer_idx\" says which)",
                        "{'question':'q','options':{'A':'a1','B':'a2','C':'a3'},'answer':'a2','answer_idx':'B'}",
                        "{'question':'r','options':{'B':'b1','A':'b2'},'answer':'b2','answer_idx':'A'}",
                        "q\na1\na2\na3 >> a2",
                        "r\nb1\nb2 >> b2"),
                shape(
                        choice + "answerKey\" says which)",
                        "{'question':{'stem':'q','choices':[{'text':'a1','label':'A'},{'text':'a2','label':'B'}]},"
                                + "'answerKey':'B'}",
                        "{'question':{'stem':'r','choices':[{'text':'b1','label':'B'},{'text':'b2','label':'A'}]},"
                                + "'answerKey':'B'}",
                        "q\na1\na2 >> a2",
                        "r\nb1\nb2 >> b1"),
                shape(
                        choice + "answer\" says which)",
                        "{'article':'it is','question':'q','options':['a1','a2'],'answer':'B'}",
                        "{'article':'it was','question':'r','options':['b1','b2'],'answer':'A'}",
                        "q\nit is\na1\na2 >> a2",
                        "r\nit was\nb1\nb2 >> b1"),
                shape(
                        "question and text -> true or false",
                        "{'question':'q','passage':'it is','answer':true}",
                        "{'question':'r','passage':'it was','answer':false}",
                        "q\nit is => true",
                        "r\nit was => false"));
    }

    private static Stream<Shape> instructions() {
        return Stream.of(
                shape(
                        "prompt -> response",
                        "{'inputs':'q','targets':'yes','task':'t'}",
                        "{'inputs':'r','targets':'b','task':'t'}",
                        "q >> yes",
                        "r >> b"),
                shape(
                        "prompt -> response",
                        "{'inputs':[3,4],'inputs_pretokenized':'q','targets':[5,6],'targets_pretokenized':'yes'}",
                        "{'inputs':[3,4],'inputs_pretokenized':'r','targets':[5,6],'targets_pretokenized':'b'}",
                        "q >> yes",
                        "r >> b"),
                shape(
                        "prompt -> response",
                        "{'text_input':'q','output':'yes'}",
                        "{'text_input':'r','output':'b'}",
                        "q >> yes",
                        "r >> b"),
                shape(
                        "chat messages -> the assistant's turns",
                        "{'systemInstruction':{'role':'system','parts':[{'text':'be brief'}]},'contents':["
                                + "{'role':'user','parts':[{'text':'q'},{'text':'s'}]},"
                                + "{'role':'model','parts':[{'text':'yes'}]}]}",
                        "{'systemInstruction':{'parts':[{'text':'be kind'}]},'contents':["
                                + "{'role':'user','parts':[{'text':'r'}]},"
                                + "{'role':'model','parts':[{'functionCall':{'name':'b','args':{'to':'c'}}}]}]}",
                        "be brief\nq\ns >> yes",
                        "be kind\nr >> b\nto: c"),
                shape(
                        "chat messages -> the assistant's turns",
                        "{'system':[{'text':'be brief'}],'messages':[{'role':'user','content':[{'text':'q'}]},"
                                + "{'role':'assistant','content':[{'text':'yes'}]}]}",
                        "{'system':[{'text':'be kind'}],'messages':["
                                + "{'role':'user','content':[{'type':'text','text':'r'},{'type':'image','image':'x'}]},"
                                + "{'role':'assistant','content':[{'type':'text','text':'b'}]}]}",
                        "be brief\nq >> yes",
                        "be kind\nr >> b"),
                shape(
                        "chat messages -> the assistant's turns",
                        "{'messages':[{'role':'user','content':[{'type':'image_url','value':'a.jpg'},"
                                + "{'type':'text','value':'q'}],'loss_weight':0.0},{'role':'assistant','content':["
                                + "{'value':'well','type':'reasoning'},{'type':'text','value':'yes'}]}]}",
                        "{'messages':[{'role':'user','content':[{'type':'text','value':'r'}]},"
                                + "{'role':'assistant','content':[{'type':'text','value':'b'}]}]}",
                        "q >> well\nyes",
                        "r >> b"),
                shape(
                        "prompt and response -> whether the response is good",
                        "{'prompt':'q','completion':'yes','label':true}",
                        "{'prompt':'r','completion':'b','label':false}",
                        "q\nyes => true",
                        "r\nb => false"),
                shape(
                        "prompt and response -> whether the response is good",
                        "{'prompt':[{'role':'user','content':'q'}],'completion':[{'role':'assistant','content':'yes'}],"
                                + "'label':true}",
                        "{'prompt':[{'role':'user','content':'r'}],'completion':[{'role':'assistant','content':'b'}],"
                                + "'label':false}",
                        "q\nyes => true",
                        "r\nb => false"),
                shape(
                        "messages -> response",
                        "{'messages':[{'role':'system','content':'be brief'},{'role':'user','content':'q'}],'answer':'yes'}",
                        "{'messages':[{'role':'user','content':'r'}],'answer':'b'}",
                        "be brief\nq >> yes",
                        "r >> b"));
    }

    private static Stream<Shape> conversations() {
        String turns = "chat messages -> the assistant's turns";
        return Stream.of(
                shape(
                        "text of ChatML turns -> the assistant's turns",
                        "{'id':1,'text':'<|im_start|>user\\nq<|im_end|>\\n<|im_start|>assistant\\nyes<|im_end|>'}",
                        "{'id':2,'text':'<|im_start|>user\\nr<|im_end|>\\n<|im_start|>assistant\\nb<|im_end|>'}",
                        "q >> yes",
                        "r >> b"),
                shape(
                        "prompt -> response",
                        "{'prompt':{'text':'q'},'completion':{'text':'yes'}}",
                        "{'prompt':{'text':'r'},'completion':{'text':'b'}}",
                        "q >> yes",
                        "r >> b"),
                shape(
                        "instruction and input -> response",
                        "{'instruction':'q','instances':[{'input':'this','output':'yes'},{'input':'','output':'no'}]}",
                        "{'instruction':'r','instances':[{'input':'','output':'b'}]}",
                        "q\nthis >> yes",
                        "r >> b"),
                shape(
                        turns,
                        "{'conversation':[{'system':'be brief','input':'q','output':'yes'},{'input':'and s','output':'no'}]}",
                        "{'conversation':[{'input':'r','output':'b'}]}",
                        "be brief\nq\nand s >> yes\nno",
                        "r >> b"),
                shape(
                        turns,
                        "{'chat':[{'human':'q','assistant':'yes'},{'assistant':'no','human':'and s'}]}",
                        "{'chat':[{'human':'r','assistant':'b'}]}",
                        "q\nand s >> yes\nno",
                        "r >> b"),
                shape(
                        "chat messages -> the turns of \"system\", who answers",
                        "{'dialogue':[{'speaker':'USER','text':'q'},{'speaker':'SYSTEM','text':'yes'}]}",
                        "{'dialogue':[{'speaker':'USER','text':'r'},{'speaker':'SYSTEM','text':'b'}]}",
                        "q >> yes",
                        "r >> b"),
                shape(
                        "chat messages -> the turns of \"1\", who answers",
                        "{'utterances':[{'speaker':0,'utterance':'q'},{'speaker':1,'utterance':'yes'}]}",
                        "{'utterances':[{'speaker':0,'utterance':'r'},{'speaker':1,'utterance':'b'}]}",
                        "q >> yes",
                        "r >> b"),
                shape(
                        turns,
                        "{'segments':[{'label':false,'text':'q'},{'label':true,'text':'yes'}]}",
                        "{'segments':[{'label':false,'text':'r'},{'label':true,'text':'b'}]}",
                        "q >> yes",
                        "r >> b"));
    }

    private static Stream<Shape> tools() {
        return Stream.of(
                shape(
                        "chat messages -> the assistant's turns",
                        "{'messages':[{'role':'user','content':'is it raining in Ulm'},{'role':'assistant','content':["
                                + "{'type':'text','text':'I look.'},{'type':'tool_use','id':'t1','name':'weather',"
                                + "'input':{'city':'Ulm','days':[1,2]}}]},{'role':'user','content':[{'type':'tool_result',"
                                + "'tool_use_id':'t1','content':[{'type':'text','text':'rain'}]}]},"
                                + "{'role':'assistant','content':[{'type':'text','text':'It is.'}]}]}",
                        "{'messages':[{'role':'user','content':[{'content':'12 degrees','type':'tool_result'},"
                                + "{'type':'image','source':{'data':'AAAA'},'content':'no'}]},{'role':'assistant','content':["
                                + "{'input':{},'name':'clock','type':'tool_use'},{'type':'tool_use','name':1,'input':null}"
                                + "]}]}",
                        "is it raining in Ulm\nrain >> I look.\nweather\ncity: Ulm\ndays: 1\ndays: 2\nIt is.",
                        "12 degrees >> clock"),
                shape(
                        "chat messages -> the assistant's turns",
                        "{'messages':[{'role':'user','content':'is it raining in Ulm'},{'role':'assistant','content':'It is.',"
                                + "'reasoning_content':'I look out.','reasoning':'I look out.'}]}",
                        "{'messages':[{'role':'user','content':'why'},{'role':'assistant','reasoning_content':'',"
                                + "'content':[{'type':'thinking','thinking':'Well.','signature':'AAAA'},"
                                + "{'reasoningContent':{'reasoningText':{'text':'So.'}}},{'type':'text','text':'Look.'}]}]}",
                        "is it raining in Ulm >> I look out.\nIt is.",
                        "why >> Well.\nSo.\nLook."),
                shape(
                        "text -> label (the first of \"annotations\")",
                        "{'id':1,'data':{'text':'my card'},'annotations':[{'completed_by':7,'result':["
                                + "{'value':{'choices':['card']},'type':'choices'}]}],'predictions':[]}",
                        "{'id':2,'data':{'text':'a fee'},'annotations':[],'predictions':[]}",
                        "my card => card",
                        "a fee"),
                shape(
                        "text -> label (of accepted rows; \"answer\" says which)",
                        "{'text':'my card','label':'card','_input_hash':1,'answer':'accept','_annotator_id':'a'}",
                        "{'text':'a fee','label':'card','_input_hash':2,'answer':'reject','_annotator_id':'a'}",
                        "my card => card",
                        "a fee"),
                shape(
                        "text -> label (of accepted rows; \"answer\" says which)",
                        "{'text':'my card','options':[{'id':'card','text':'card'},{'id':'fee','text':'fee'}],"
                                + "'accept':['fee','card'],'answer':'accept'}",
                        "{'text':'a fee','options':[{'id':'card','text':'card'}],'accept':[],'answer':'ignore'}",
                        "my card => card, fee",
                        "a fee"));
    }

    private static String json(List<String> rows) {
        return String.join("\n", rows).replace('\'', '"') + "\n";
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /// In lines, in an array, packed and in several parts alike.
    @ParameterizedTest
    @MethodSource("shapes")
    void everyShapeIsReadByItself(Shape shape) throws IOException {
        Path lines = Reading.write(folder, "lines.jsonl", json(shape.rows()));
        assertEquals(shape.read(), Reading.brief(lines));
        assertEquals(shape.layout() + ", in JSON lines", Reading.of(lines).layout());
        assertEquals(List.of(), Reading.of(lines).problems());
        Path array = Reading.write(
                folder, "array.json", "[" + String.join(",\n", shape.rows()).replace('\'', '"') + "]");
        assertEquals(shape.read(), Reading.brief(array));
        Path gzip = Reading.write(folder, "packed.jsonl.gz", packed(json(shape.rows())));
        assertEquals(shape.read(), Reading.brief(gzip, ReadSettings.DEFAULT.withPartBytes(40)));
    }

    /// Whatever stands in the place of any value: a row or a malformed one, and nothing else.
    @ParameterizedTest
    @MethodSource("shapes")
    void noValueBreaksAShape(Shape shape) {
        String row = shape.rows().getFirst();
        List<String> rows = new ArrayList<>(shape.rows());
        for (String odd :
                List.of("null", "7", "-3", "1e99", "true", "[]", "{}", "'x'", "[[[1]]]", "[{'text':null}]", "''")) {
            for (int at = row.indexOf(':'); at >= 0; at = row.indexOf(':', at + 1)) {
                rows.add(row.substring(0, at + 1) + odd + rest(row, at + 1));
            }
        }
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 5 * rows.size(); i++) {
            many.addAll(shape.rows()); // most rows are as they should be
        }
        many.addAll(rows);
        Path file = Reading.write(folder, "odd.jsonl", json(many));
        try (DataSet data = DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT)) {
            assertEquals(shape.layout() + ", in JSON lines", data.layout());
            int read = Reading.said(data).size();
            Problems.Some malformed = data.problems().of(Problems.Kind.ROW);
            assertEquals(many.size(), read + malformed.count());
            assertTrue(
                    malformed.samples().stream().allMatch(one -> one.problem().startsWith("expected ")));
        }
    }

    /// Lists of zeros and ones of one length, but for an odd one.
    @Test
    void anOddListAmongFlags() {
        Path file = Reading.write(
                folder,
                "flags.jsonl",
                json(List.of("{'text':'a','labels':[1,0]}", "{'text':'b','labels':[0,1]}"))
                        .repeat(100)
                        .concat(json(List.of(
                                "{'text':'c','labels':[0,1,1]}",
                                "{'text':'d','labels':[0,2]}",
                                "{'text':'e','labels':[]}"))));
        assertEquals(List.of("a => 0", "b => 1"), Reading.brief(file).subList(0, 2));
        assertEquals("e", Reading.brief(file).getLast());
        String expected = "expected 2 values of 0 or 1 in the column \"labels\", as in most of the first rows, came"
                + " another list";
        assertEquals(
                List.of("201: " + expected, "202: " + expected),
                Reading.of(file).problems());
    }

    /// What follows the value that begins there.
    private static String rest(String row, int from) {
        int depth = 0;
        boolean text = false;
        for (int i = from; i < row.length(); i++) {
            char sign = row.charAt(i);
            text ^= sign == '\'';
            if (!text) {
                if (depth == 0 && (sign == ',' || sign == '}' || sign == ']')) {
                    return row.substring(i);
                }
                depth += sign == '{' || sign == '[' ? 1 : sign == '}' || sign == ']' ? -1 : 0;
            }
        }
        return "";
    }

    @Test
    void whichOfTwoInCsv() {
        Path file = Reading.write(
                folder,
                "two.csv",
                "prompt,response_a,response_b,winner\nq,yes,no,B\nr,b,c,tie\ns,d,e,response_a\nt,f,g,\nu,h,i,C\n"
                        + "v,j,k,A\n".repeat(60));
        Reading reading = Reading.of(file);
        assertEquals(
                List.of("6: expected which of 2 answers is chosen in the column \"winner\", came \"C\""),
                reading.problems());
        assertEquals(
                List.of("q >> no > yes", "r", "s >> d > e", "t", "v >> j > k"),
                Reading.brief(file).subList(0, 5));
    }

    @Test
    void choicesInCsvAreAListInJson() {
        Path file = Reading.write(
                folder,
                "choices.csv",
                "question,choices,answer\nq,\"[\"\"a1\"\",\"\"a2\"\"]\",0\nr,\"[\"\"b1\"\",\"\"b2\"\"]\",1\n"
                        + "s,\"['c1', 'c2']\",1\nt,\"[\"\"d1\"\"]\",1\n");
        assertEquals(List.of("q\na1\na2 >> a1", "r\nb1\nb2 >> b2"), Reading.brief(file));
        assertEquals(
                List.of(
                        "4: expected a list of texts in the column \"choices\", came text that is none in JSON",
                        "5: expected which of 1 answers is chosen in the column \"answer\", came \"1\""),
                Reading.of(file).problems());
    }

    /// Numbers that may count from 0 or mean true: nothing is guessed, and the user can say it.
    @Test
    void whatDoesNotShowIsTold() {
        Path file = Reading.write(
                folder,
                "unclear.jsonl",
                json(List.of(
                        "{'prompt':'q','response_a':'yes','response_b':'no','label':1}",
                        "{'prompt':'r','response_a':'b','response_b':'c','label':0}")));
        assertEquals(List.of("q", "r"), Reading.brief(file));
        try (DataSet data = DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT)) {
            assertEquals(List.of(new Unread("label", Unread.Kind.CHOICE, 2, 2)), data.unread());
            assertEquals(List.of(), data.undecided());
        }
        ReadSettings first = ReadSettings.DEFAULT.withMap(
                Map.of("prompt", "prompt", "chosen", "response_a", "rejected", "response_b", "choice", "label"));
        assertEquals(List.of("q >> no > yes", "r >> b > c"), Reading.brief(file, first));
        ReadSettings second = ReadSettings.DEFAULT.withMap(
                Map.of("prompt", "prompt", "chosen", "response_b", "rejected", "response_a", "choice", "label"));
        assertEquals(List.of("q >> yes > no", "r >> c > b"), Reading.brief(file, second));
        ReadSettings plain = ReadSettings.DEFAULT.withMap(Map.of("prompt", "prompt", "response", "response_a"));
        assertEquals(List.of("q >> yes", "r >> b"), Reading.brief(file, plain));
    }

    /// Of three answers 1 and 2 may be the first two or the last two.
    @Test
    void whereNumbersBeginIsNotGuessed() {
        Path file = Reading.write(
                folder,
                "base.jsonl",
                json(List.of(
                        "{'question':'q','choices':['a1','a2','a3'],'answer':1}",
                        "{'question':'r','choices':['b1','b2','b3'],'answer':2}")));
        assertEquals(List.of("q", "r"), Reading.brief(file));
        try (DataSet data = DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT)) {
            assertEquals(List.of(new Unread("answer", Unread.Kind.CHOICE, 2, 2)), data.unread());
        }
        Path three = Reading.write(
                folder,
                "three.jsonl",
                json(List.of(
                        "{'question':'q','choices':['a1','a2','a3'],'answer':1}",
                        "{'question':'r','choices':['b1','b2','b3'],'answer':3}")));
        assertEquals(List.of("q\na1\na2\na3 >> a1", "r\nb1\nb2\nb3 >> b3"), Reading.brief(three));
    }

    /// The user names the answers and the choice; numbers that may count from either end count from 0.
    @Test
    void choicesThatTheUserNames() {
        Map<String, String> map = Map.of("prompt", "ask", "options", "say", "choice", "is");
        Path lines = Reading.write(
                folder,
                "named.jsonl",
                json(List.of(
                        "{'ask':'q','say':['a1','a2','a3'],'is':1}", "{'ask':'r','say':['b1','b2','b3'],'is':2}")));
        assertEquals(
                List.of("q\na1\na2\na3 >> a2", "r\nb1\nb2\nb3 >> b3"),
                Reading.brief(lines, ReadSettings.DEFAULT.withMap(map)));
        Path fields = Reading.write(
                folder, "named.csv", "ask,say,is\nq,\"[\"\"a1\"\",\"\"a2\"\"]\",B\nr,\"[\"\"b1\"\",\"\"b2\"\"]\",A\n");
        assertEquals(
                List.of("q\na1\na2 >> a2", "r\nb1\nb2 >> b1"),
                Reading.brief(fields, ReadSettings.DEFAULT.withMap(map)));
    }

    /// A way through lists that only the user knows.
    @Test
    void aColumnWithinLists() {
        Path file = Reading.write(
                folder,
                "within.jsonl",
                json(List.of(
                        "{'what':'my card','marks':[{'by':'a','says':[{'is':'card'}]},{'by':'b'}]}",
                        "{'what':'a fee','marks':[{'by':'a','says':[{'is':'fee'}]}]}",
                        "{'what':'no mark','marks':[]}")));
        ReadSettings second = ReadSettings.DEFAULT.withMap(Map.of("text", "what", "label", "marks[1].by"));
        assertEquals(List.of("my card => b", "a fee", "no mark"), Reading.brief(file, second));
        ReadSettings settings = ReadSettings.DEFAULT.withMap(
                Map.of("text", "what", "label", "marks[0].says[0].is", "annotator", "marks[0].by"));
        assertEquals(List.of("my card => card", "a fee => fee", "no mark"), Reading.brief(file, settings));
        BadInput none = assertThrows(
                BadInput.class,
                () -> Reading.brief(
                        file, ReadSettings.DEFAULT.withMap(Map.of("text", "what", "label", "marks[9].by"))));
        assertTrue(
                String.valueOf(none.getMessage()).startsWith("expected the column \"marks[9].by\" in "),
                none.getMessage());
    }

    /// A name with brackets is a name.
    @Test
    void bracketsInNames() {
        Path file = Reading.write(
                folder, "names.jsonl", json(List.of("{'a[0]':'my card','b':'card'}", "{'a[0]':'a fee','b':'fee'}")));
        ReadSettings settings = ReadSettings.DEFAULT.withMap(Map.of("text", "a[0]", "label", "b"));
        assertEquals(List.of("my card => card", "a fee => fee"), Reading.brief(file, settings));
    }

    /// Stretches of a text with their names are no class of it.
    @Test
    void stretchesAreNoLabel() {
        Path file = Reading.write(
                folder,
                "spans.jsonl",
                json(List.of(
                        "{'text':'my card at the bank','label':[[3,7,'THING'],[15,19,'PLACE']]}",
                        "{'text':'a fee','label':[[2,5,'THING']]}")));
        assertEquals(List.of("my card at the bank", "a fee"), Reading.brief(file));
        try (DataSet data = DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT)) {
            assertEquals(List.of("label"), data.undecided());
        }
    }

    @Test
    void nestedQuestionsAreRefused() {
        Path file = Reading.write(
                folder,
                "squad.json",
                "{\"version\":\"1.1\",\"data\":[{\"title\":\"T\",\"paragraphs\":[{\"context\":\"c\",\"qas\":[{\"id\":\"1\","
                        + "\"question\":\"q\",\"answers\":[{\"text\":\"yes\",\"answer_start\":0}]}]}]}]}");
        BadInput refusal = assertThrows(BadInput.class, () -> Reading.brief(file));
        assertTrue(
                String.valueOf(refusal.getMessage())
                        .endsWith("or where rows or columns lie in lists, write each row as an object of its own"),
                refusal.getMessage());
    }

    /// Of an object that says of each label whether it holds, the names are the labels; shares of a label are none.
    @Test
    void anObjectOfLabels() {
        String rows = json(List.of(
                "{'text':'a text','cats':{'ham':1.0,'spam':0.0}}",
                "{'text':'another','cats':{'ham':0,'spam':true}}",
                "{'text':'a third','cats':{'ham':0,'spam':0}}"));
        assertEquals(
                List.of("a text => ham", "another => spam", "a third => none"),
                Reading.brief(Reading.write(folder, "cats.jsonl", rows)));
        assertEquals(
                List.of("a text", "another", "a third"),
                Reading.brief(Reading.write(folder, "soft.jsonl", rows.replace("true", "0.7"))));
    }

    /// Columns that each say 0 or 1 of their own label are joined as the user says.
    @ParameterizedTest
    @ValueSource(strings = {"f.csv", "f.jsonl"})
    void columnsOfOneLabelEach(String name) {
        List<String> cells = List.of("1,0,1", "0,0,0", "0, 1.0 ,false", ",,", "0,0.7,0", "true,0,");
        StringBuilder text = new StringBuilder(name.endsWith("csv") ? "comment_text,toxic,is.insult,threat\n" : "");
        for (String row : cells) {
            String[] cell = row.split(",", -1);
            text.append(
                    name.endsWith("csv")
                            ? "a text," + row + "\n"
                            : "{\"comment_text\":\"a text\",\"toxic\":" + json(cell[0]) + ",\"is\":{\"insult\":"
                                    + json(cell[1]) + "},\"threat\":" + json(cell[2]) + "}\n");
        }
        Path file = Reading.write(folder, name, text.toString());
        ReadSettings settings =
                ReadSettings.DEFAULT.withMap(Map.of("text", "comment_text", "label", "toxic+is.insult+threat"));
        assertEquals(
                List.of("a text => threat, toxic", "a text => none", "a text => insult", "a text", "a text => toxic"),
                Reading.brief(file, settings));
        Reading reading = Reading.of(file, settings);
        assertEquals(
                List.of((name.endsWith("csv") ? 6 : 5) + ": expected 0 or 1 in the column \"is.insult\", came 0.7"),
                reading.problems());
        assertTrue(reading.layout().startsWith("text -> label, in "), reading.layout());
        try (DataSet data = DataSet.open(List.of(file.toString()), settings)) {
            assertEquals(List.of(), data.unread());
            assertEquals("toxic+is.insult+threat", data.columns().get("label"));
        }
        BadInput unknown = assertThrows(
                BadInput.class, () -> Reading.brief(file, ReadSettings.DEFAULT.withMap(Map.of("label", "toxic+spam"))));
        assertTrue(
                String.valueOf(unknown.getMessage())
                        .startsWith("expected the column \"spam\" in \"" + file + "\", came only comment_text, toxic"),
                unknown.getMessage());
        assertEquals(
                "expected every column in one role, came \"toxic\" as label and as text",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> ReadSettings.DEFAULT.withMap(Map.of("label", "toxic+threat", "text", "toxic")))
                        .getMessage());
    }

    private static String json(String cell) {
        return cell.isBlank() ? "null" : cell.strip();
    }

    @Test
    void aColumnMayHaveAPlusInItsName() {
        Path file = Reading.write(folder, "plus.csv", "words,a+b\nmy card,x\na fee,y\n");
        assertEquals(
                List.of("my card => x", "a fee => y"),
                Reading.brief(file, ReadSettings.DEFAULT.withMap(Map.of("text", "words", "label", "a+b"))));
    }

    /// A later file that lacks one of the columns is told, or its rows are malformed where a header
    /// says so.
    @Test
    void aFileWithoutAColumnOfALabelIsTold() {
        Path first = Reading.write(folder, "1.jsonl", "{\"text\":\"a\",\"x\":1,\"y\":0}\n".repeat(2));
        Path second = Reading.write(folder, "2.jsonl", "{\"text\":\"b\",\"x\":1}\n".repeat(2));
        Path third = Reading.write(folder, "3.csv", "text,x\nc,1\n");
        try (DataSet data = DataSet.open(
                List.of(first.toString(), second.toString(), third.toString()),
                ReadSettings.DEFAULT.withMap(Map.of("label", "x+y")))) {
            Reading.said(data);
            Problems.Some lacking = data.problems().of(Problems.Kind.TARGETLESS);
            assertEquals(1, lacking.count());
            assertEquals("y", lacking.samples().getFirst().quote());
            assertEquals(
                    List.of("expected the column \"x+y\", came only text, x"),
                    data.problems().of(Problems.Kind.ROW).samples().stream()
                            .map(io.bezoar.core.ScanResult.Malformed::problem)
                            .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lines.txt", "lines.csv"})
    void linesWithLabels(String name) {
        String text = "__label__card  where, is \"my\" card\n__label__fee __label__card\ta fee; why?\r\n\n"
                + "__label__fee why __label__card here\n  __label__fee\nno label at all\n__label__ alone\n"
                + "__label__fee x\n__label__fee y\n__label__fee é\n__label__fee z\n__label__fee w\n__label__fee v\n"
                + "__label__fee u\n__label__fee t\n__label__fee s\n__label__fee r\n__label__fee q\n__label__fee p\n";
        Path file = Reading.write(folder, name, text);
        assertEquals(
                "text -> label, in lines of text with __label__ before each label",
                Reading.of(file).layout());
        assertEquals(
                List.of(
                        "where, is \"my\" card => card",
                        "a fee; why? => card, fee",
                        "why here => card, fee",
                        " => fee",
                        "no label at all",
                        "__label__ alone",
                        "x => fee"),
                Reading.brief(file).subList(0, 7));
        assertEquals(
                18, Reading.brief(file, ReadSettings.DEFAULT.withPartBytes(20)).size());
        Reading broken = Reading.of(Reading.write(
                folder,
                "broken-" + name,
                ("__label__a b\n".repeat(20) + "__label__a \0\n__label__a \u00ff\n")
                        .getBytes(StandardCharsets.ISO_8859_1)));
        assertEquals(
                List.of(
                        "21: expected text, came a NUL byte",
                        "22: expected UTF-8, came the byte 0xff at byte 11 of the row"),
                broken.problems());
        ReadSettings swapped = ReadSettings.DEFAULT.withMap(Map.of("text", "words"));
        assertThrows(BadInput.class, () -> Reading.brief(file, swapped));
        assertEquals(
                "__label__card  where, is \"my\" card",
                Reading.brief(file, ReadSettings.DEFAULT.withFormat("lines")).getFirst());
    }

    /// Kept lines keep their bytes, and every line is in one of the sets.
    @Test
    void linesWithLabelsAreSplit() throws IOException {
        String text = "__label__card my  card \r\n\n__label__fee a fee\n__label__fee \0\n__label__card last";
        Path file = Reading.write(folder, "lines.txt", text);
        ReadSettings settings = ReadSettings.DEFAULT.withFormat("fasttext");
        try (DataSet data = DataSet.open(List.of(file.toString()), settings)) {
            RowIds ids = RowIds.of(new io.bezoar.core.LocalEngine(1).fold(data, RowIds.fold()));
            String fee = data.parts().getFirst().open().map(ids::of).toList().get(1);
            Splitter.Split split = Splitter.split(
                    data, ids, id -> id.equals(fee) ? Action.QUARANTINE : Action.KEEP, _ -> {}, folder.resolve("out"));
            assertEquals(1, split.malformed());
        }
        assertArrayEquals(
                "__label__card my  card \r\n\n__label__card last".getBytes(StandardCharsets.UTF_8),
                Files.readAllBytes(folder.resolve("out/lines.clean.txt")));
        assertEquals("__label__fee a fee\n", Files.readString(folder.resolve("out/lines.quarantine.txt")));
    }

    /// A file without the column of the target is told, whatever its place.
    @Test
    void aFileWithoutTheTarget() {
        Path first = Reading.write(
                folder, "1.jsonl", "{\"text\":\"a\",\"label\":\"x\"}\n{\"text\":\"b\",\"label\":\"y\"}\n");
        Path second = Reading.write(folder, "2.jsonl", "{\"text\":\"c\"}\n{\"text\":\"d\"}\n");
        Path third =
                Reading.write(folder, "3.jsonl", "{\"text\":\"e\",\"label\":null}\n{\"text\":\"f\",\"label\":\"y\"}\n");
        for (Map<String, String> map : List.of(Map.<String, String>of(), Map.of("text", "text", "label", "label"))) {
            try (DataSet data = DataSet.open(
                    List.of(first.toString(), second.toString(), third.toString()),
                    ReadSettings.DEFAULT.withMap(map))) {
                Problems.Some lacking = data.problems().of(Problems.Kind.TARGETLESS);
                assertEquals(1, lacking.count());
                assertEquals(second.toString(), lacking.samples().getFirst().file());
                assertEquals("label", lacking.samples().getFirst().quote());
            }
        }
    }
}
