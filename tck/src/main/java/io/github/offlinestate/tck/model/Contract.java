package io.github.offlinestate.tck.model;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * The contract as it is written down in the file {@code contract.xml} beside this class: the source of the rules'
 * texts, of docs/contract.md and of the coverage matrix. It cannot be read with a rule that is listed twice, that has
 * no constant, or whose constant is missing.
 */
public final class Contract {
    private static final String PAGES =
            "https://github.com/MicrosoftDocs/office-developer-client-docs/blob/main/docs/outlook/mapi/";
    private static final Contract CURRENT = read();

    private final String version;
    private final String preamble;
    private final List<Area> areas;
    private final Map<Rule, RuleText> texts;

    private Contract(String version, String preamble, List<Area> areas, Map<Rule, RuleText> texts) {
        this.version = version;
        this.preamble = preamble;
        this.areas = areas;
        this.texts = texts;
    }

    /**
     * Rules that belong together.
     *
     * @param id as {@code ADVISE}
     * @param title what they are about
     * @param source the page that most of them are taken from
     * @param note what is to be said of all of them
     * @param rules the rules, in order
     */
    public record Area(
            String id, String title, Optional<RuleText.Page> source, Optional<String> note, List<RuleText> rules) {}

    /**
     * The contract of this kit.
     *
     * @return always the same
     */
    public static Contract current() {
        return CURRENT;
    }

    /**
     * The version of the contract.
     *
     * @return as {@code 1.0}
     */
    public String version() {
        return version;
    }

    /**
     * What stands before the rules: levels, words, constants.
     *
     * @return Markdown
     */
    public String preamble() {
        return preamble;
    }

    /**
     * The areas, in order.
     *
     * @return with the texts of their rules
     */
    public List<Area> areas() {
        return areas;
    }

    /**
     * What the contract says about a rule.
     *
     * @param rule the rule
     * @return its text
     */
    public RuleText text(Rule rule) {
        RuleText text = texts.get(rule);
        if (text == null) {
            throw new IllegalStateException("the contract has no rule " + rule);
        }
        return text;
    }

    private static Contract read() {
        try (InputStream file = Contract.class.getResourceAsStream("contract.xml")) {
            if (file == null) {
                throw new IllegalStateException("contract.xml is missing beside " + Contract.class.getName());
            }
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return read(factory.newDocumentBuilder().parse(file));
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("contract.xml cannot be read", e);
        }
    }

    private static Contract read(Document document) {
        Element root = document.getDocumentElement();
        Map<String, RuleText.Page> pages = new HashMap<>();
        for (Element page : children(root, "page")) {
            String url =
                    page.hasAttribute("url") ? page.getAttribute("url") : PAGES + page.getAttribute("file") + ".md";
            pages.put(page.getAttribute("id"), new RuleText.Page(page.getAttribute("title"), url));
        }
        Map<Rule, RuleText> texts = new EnumMap<>(Rule.class);
        List<Area> areas = new ArrayList<>();
        for (Element area : children(root, "area")) {
            List<RuleText> rules = new ArrayList<>();
            for (Element rule : children(area, "rule")) {
                RuleText text = rule(rule, area, pages);
                if (texts.put(text.rule(), text) != null) {
                    throw new IllegalStateException(text.rule() + " is listed twice in contract.xml");
                }
                rules.add(text);
            }
            areas.add(new Area(
                    area.getAttribute("id"),
                    area.getAttribute("title"),
                    page(area, pages),
                    child(area, "note"),
                    List.copyOf(rules)));
        }
        for (Rule rule : Rule.values()) {
            if (!texts.containsKey(rule)) {
                throw new IllegalStateException("Rule has a constant for " + rule + ", contract.xml has no such rule");
            }
        }
        return new Contract(
                root.getAttribute("version"),
                child(root, "preamble").orElse(""),
                List.copyOf(areas),
                Collections.unmodifiableMap(texts));
    }

    private static RuleText rule(Element element, Element area, Map<String, RuleText.Page> pages) {
        String id = element.getAttribute("id");
        Rule rule = Rule.of(id)
                .orElseThrow(() -> new IllegalStateException("contract.xml has a rule " + id + ", Rule has none"));
        return new RuleText(
                rule,
                Level.valueOf(element.getAttribute("level")),
                Basis.valueOf(constant(element.getAttribute("basis"))),
                Subject.valueOf(constant(element.getAttribute("subject"))),
                since(id, element),
                child(element, "statement")
                        .orElseThrow(() -> new IllegalStateException(id + " has no statement in contract.xml")),
                page(element, pages).or(() -> page(area, pages)),
                child(element, "look"),
                child(element, "untestable"));
    }

    /** Said with each rule: one that followed the contract's version would be new again with each version. */
    private static String since(String id, Element element) {
        String since = element.getAttribute("since");
        if (since.isEmpty()) {
            throw new IllegalStateException(
                    id + " has no since in contract.xml, the version of the contract that it came with");
        }
        return since;
    }

    private static String constant(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static Optional<RuleText.Page> page(Element element, Map<String, RuleText.Page> pages) {
        String id = element.getAttribute("page");
        if (!id.isEmpty() && !pages.containsKey(id)) {
            throw new IllegalStateException("contract.xml names a page " + id + " that it does not list");
        }
        return Optional.ofNullable(pages.get(id));
    }

    private static Optional<String> child(Element parent, String name) {
        return children(parent, name).stream()
                .findFirst()
                .map(element -> element.getTextContent().strip());
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
