package io.github.offlinestate.tck.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads PIT's mutations.xml. A nested class counts as the outer one, and a lambda as the method it stands in. */
final class MutantReport {
    private static final Pattern LAMBDA = Pattern.compile("lambda\\$(.+)\\$\\d+");

    private MutantReport() {}

    static List<Mutant> read(InputStream xml) throws IOException {
        NodeList found;
        try {
            found = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(xml)
                    .getElementsByTagName("mutation");
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("PIT's report cannot be read: " + e.getMessage(), e);
        }
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> mutant((Element) found.item(i)))
                .toList();
    }

    private static Mutant mutant(Element mutation) {
        String mutator = afterLast('.', text(mutation, "mutator"));
        return new Mutant(
                new MutantPlace(
                        outer(text(mutation, "mutatedClass")),
                        method(text(mutation, "mutatedMethod")),
                        MutantChange.ofMutator(mutator)),
                mutator,
                Integer.parseInt(text(mutation, "lineNumber")),
                Boolean.parseBoolean(mutation.getAttribute("detected"))); // by a failure, a timeout or a broken JVM
    }

    private static String outer(String type) {
        String name = afterLast('.', type);
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }

    private static String method(String name) {
        Matcher lambda = LAMBDA.matcher(name);
        if (!lambda.matches()) {
            return name;
        }
        String method = lambda.group(1);
        return method.equals("new") ? "<init>" : method.equals("static") ? "<clinit>" : method;
    }

    private static String afterLast(char separator, String name) {
        return name.substring(name.lastIndexOf(separator) + 1);
    }

    private static String text(Element mutation, String tag) {
        return mutation.getElementsByTagName(tag).item(0).getTextContent();
    }
}
