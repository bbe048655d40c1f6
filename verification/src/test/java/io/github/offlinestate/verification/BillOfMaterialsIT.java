package io.github.offlinestate.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The BOM as it is published. */
class BillOfMaterialsIT {
    @Test
    void theBomListsEveryPublishedArtifactAndNothingElse() throws Exception {
        Document bom = parse(Workspace.root().resolve("bom/target/.flattened-pom.xml"));
        List<String> artifacts = new ArrayList<>();
        var dependencies = bom.getElementsByTagName("dependency");
        for (int i = 0; i < dependencies.getLength(); i++) {
            Element dependency = (Element) dependencies.item(i);
            artifacts.add(dependency.getElementsByTagName("artifactId").item(0).getTextContent());
        }
        assertThat(artifacts).containsAll(Workspace.PUBLISHED.values());
    }

    @Test
    void theBomHasNoParentThatWouldBringOtherVersionsAlong() throws Exception {
        Document bom = parse(Workspace.root().resolve("bom/target/.flattened-pom.xml"));
        assertThat(bom.getElementsByTagName("parent").getLength()).isZero();
    }

    private static Document parse(Path file) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }
}
