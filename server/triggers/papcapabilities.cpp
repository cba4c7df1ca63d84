// SPDX-License-Identifier: GPL-3.0-or-later
#include "triggers/papcapabilities.h"

#include <QXmlStreamWriter>

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

Capabilities papCapabilities(const QVector<Device> &devices, bool &told)
{
    Capabilities together;
    told = false;
    for (const Device &device : devices) {
        const Capabilities &own = device.capabilities;
        told |= !own.contentTypes.isEmpty() || own.maxMessageSize > 0;
        together.contentTypes += own.contentTypes;
        together.maxMessageSize = std::max(together.maxMessageSize, own.maxMessageSize);
    }
    together.contentTypes.removeDuplicates();
    together.contentTypes.sort();
    return together;
}

QByteArray papCapabilitiesDocument(const Capabilities &capabilities)
{
    const QString rdf = u"http://www.w3.org/1999/02/22-rdf-syntax-ns#"_s;
    const QString profile = u"http://www.openmobilealliance.org/tech/profiles/UAPROF/ccppschema-20021212#"_s;
    QByteArray out;
    QXmlStreamWriter xml(&out);
    xml.writeStartDocument();
    xml.writeNamespace(rdf, u"rdf"_s);
    xml.writeNamespace(profile, u"prf"_s);
    xml.writeStartElement(rdf, u"RDF"_s);
    xml.writeStartElement(rdf, u"Description"_s);
    xml.writeAttribute(rdf, u"ID"_s, u"Profile"_s);
    xml.writeStartElement(profile, u"component"_s);
    xml.writeStartElement(rdf, u"Description"_s);
    xml.writeAttribute(rdf, u"ID"_s, u"PushCharacteristics"_s);
    xml.writeEmptyElement(rdf, u"type"_s);
    xml.writeAttribute(rdf, u"resource"_s, profile + u"PushCharacteristics"_s);
    if (!capabilities.contentTypes.isEmpty()) {
        xml.writeStartElement(profile, u"Push-Accept"_s);
        xml.writeStartElement(rdf, u"Bag"_s);
        for (const QString &type : capabilities.contentTypes)
            xml.writeTextElement(rdf, u"li"_s, type);
        xml.writeEndElement();
        xml.writeEndElement();
    }
    if (capabilities.maxMessageSize > 0)
        xml.writeTextElement(profile, u"Push-MsgSize"_s, QString::number(capabilities.maxMessageSize));
    xml.writeEndDocument();
    return out;
}

} // namespace reveille
