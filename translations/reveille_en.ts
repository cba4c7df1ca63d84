<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>reveille::BulkSendDialog</name>
    <message numerus="yes">
        <source>The %Ln selected</source>
        <translation>
            <numerusform>The one selected</numerusform>
            <numerusform>The %Ln selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 has %Ln row(s) and gives %2.</source>
        <translation>
            <numerusform>%1 has %Ln row and gives %2.</numerusform>
            <numerusform>%1 has %Ln rows and gives %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln push(es) would be sent.</source>
        <translation>
            <numerusform>%Ln push would be sent.</numerusform>
            <numerusform>%Ln pushes would be sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) are bad and left out; the table says why.</source>
        <translation>
            <numerusform>%Ln row is bad and left out; the table says why.</numerusform>
            <numerusform>%Ln rows are bad and left out; the table says why.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Send %Ln push(es)…</source>
        <translation>
            <numerusform>&amp;Send %Ln push…</numerusform>
            <numerusform>&amp;Send %Ln pushes…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %Ln push(es)?</source>
        <translation>
            <numerusform>Send %Ln push?</numerusform>
            <numerusform>Send %Ln pushes?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ca&amp;ncel %Ln under way…</source>
        <translation>
            <numerusform>Ca&amp;ncel %Ln under way…</numerusform>
            <numerusform>Ca&amp;ncel %Ln under way…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cancel %Ln push(es) under way?</source>
        <translation>
            <numerusform>Cancel %Ln push under way?</numerusform>
            <numerusform>Cancel %Ln pushes under way?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be cancelled: %1</source>
        <translation>
            <numerusform>%Ln could not be cancelled: %1</numerusform>
            <numerusform>%Ln could not be cancelled: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::Composer</name>
    <message numerus="yes">
        <source>%n device(s)</source>
        <translation>
            <numerusform>%n device</numerusform>
            <numerusform>%n devices</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::ComposerForm</name>
    <message numerus="yes">
        <source>%n octet(s)</source>
        <translation>
            <numerusform>%n octet</numerusform>
            <numerusform>%n octets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::ConnectionModel</name>
    <message numerus="yes">
        <source>%Ln probe(s) lost</source>
        <translation>
            <numerusform>%Ln probe lost</numerusform>
            <numerusform>%Ln probes lost</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::ConnectionsPage</name>
    <message numerus="yes">
        <source>%Ln probe(s) lost</source>
        <translation>
            <numerusform>%Ln probe lost</numerusform>
            <numerusform>%Ln probes lost</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln address change(s)</source>
        <translation>
            <numerusform>%Ln address change</numerusform>
            <numerusform>%Ln address changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln push(es) missed</source>
        <translation>
            <numerusform>%Ln push missed</numerusform>
            <numerusform>%Ln pushes missed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln wake-up message(s)</source>
        <translation>
            <numerusform>%Ln wake-up message</numerusform>
            <numerusform>%Ln wake-up messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::ExplanationView</name>
    <message numerus="yes">
        <source>%1 of %n device(s) get it.</source>
        <translation>
            <numerusform>%1 of %n device gets it.</numerusform>
            <numerusform>%1 of %n devices get it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::FieldView</name>
    <message numerus="yes">
        <source>%n octet(s)</source>
        <translation>
            <numerusform>%n octet</numerusform>
            <numerusform>%n octets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::HexView</name>
    <message numerus="yes">
        <source>%n octet(s)</source>
        <translation>
            <numerusform>%n octet</numerusform>
            <numerusform>%n octets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::ImportDialog</name>
    <message numerus="yes">
        <source>%Ln row(s) imported.</source>
        <translation>
            <numerusform>%Ln row imported.</numerusform>
            <numerusform>%Ln rows imported.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) can be imported.</source>
        <translation>
            <numerusform>%Ln row can be imported.</numerusform>
            <numerusform>%Ln rows can be imported.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) are bad and left out.</source>
        <translation>
            <numerusform>%Ln row is bad and left out.</numerusform>
            <numerusform>%Ln rows are bad and left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import the %Ln good row(s)</source>
        <translation>
            <numerusform>Import the %Ln good row</numerusform>
            <numerusform>Import the %Ln good rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import %Ln row(s)</source>
        <translation>
            <numerusform>Import %Ln row</numerusform>
            <numerusform>Import %Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::JournalPanel</name>
    <message numerus="yes">
        <source>%Ln new row(s)</source>
        <translation>
            <numerusform>%Ln new row</numerusform>
            <numerusform>%Ln new rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::LifelineModel</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n packet(s) in</source>
        <translation>
            <numerusform>%n packet in</numerusform>
            <numerusform>%n packets in</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n packet(s) out</source>
        <translation>
            <numerusform>%n packet out</numerusform>
            <numerusform>%n packets out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n address change(s)</source>
        <translation>
            <numerusform>%n address change</numerusform>
            <numerusform>%n address changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n probe(s) lost</source>
        <translation>
            <numerusform>%n probe lost</numerusform>
            <numerusform>%n probes lost</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n push(es) missed</source>
        <translation>
            <numerusform>%n push missed</numerusform>
            <numerusform>%n pushes missed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wake-up message(s)</source>
        <translation>
            <numerusform>%n wake-up message</numerusform>
            <numerusform>%n wake-up messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::MainWindow</name>
    <message numerus="yes">
        <source>%Ln user(s)</source>
        <translation>
            <numerusform>%Ln user</numerusform>
            <numerusform>%Ln users</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln device(s)</source>
        <translation>
            <numerusform>%Ln device</numerusform>
            <numerusform>%Ln devices</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln push(es) pending</source>
        <translation>
            <numerusform>%Ln push pending</numerusform>
            <numerusform>%Ln pushes pending</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Deregister %n device(s)?</source>
        <translation>
            <numerusform>Deregister %n device?</numerusform>
            <numerusform>Deregister %n devices?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) exported.</source>
        <translation>
            <numerusform>%Ln row exported.</numerusform>
            <numerusform>%Ln rows exported.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln users and devices</source>
        <translation>
            <numerusform>%Ln user or device</numerusform>
            <numerusform>%Ln users and devices</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::QueueModel</name>
    <message numerus="yes">
        <source>%Ln more device(s)</source>
        <translation>
            <numerusform>%Ln more device</numerusform>
            <numerusform>%Ln more devices</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::QueuePage</name>
    <message numerus="yes">
        <source>&amp;Cancel %Ln pushes…</source>
        <translation>
            <numerusform>&amp;Cancel %Ln push…</numerusform>
            <numerusform>&amp;Cancel %Ln pushes…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::ScenarioSentences</name>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n device(s)</source>
        <translation>
            <numerusform>%n device</numerusform>
            <numerusform>%n devices</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n simulated network(s)</source>
        <translation>
            <numerusform>%n simulated network</numerusform>
            <numerusform>%n simulated networks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n simulated SMSC(s)</source>
        <translation>
            <numerusform>%n simulated SMSC</numerusform>
            <numerusform>%n simulated SMSCs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>%n time</numerusform>
            <numerusform>%n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) after it were not played.</source>
        <translation>
            <numerusform>%n step after it was not played.</numerusform>
            <numerusform>%n steps after it were not played.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::Sentences</name>
    <message numerus="yes">
        <source>%1, %n octet(s)</source>
        <translation>
            <numerusform>%1, %n octet</numerusform>
            <numerusform>%1, %n octets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n attempt(s)</source>
        <translation>
            <numerusform>%n attempt</numerusform>
            <numerusform>%n attempts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>sent %n time(s)</source>
        <translation>
            <numerusform>sent %n time</numerusform>
            <numerusform>sent %n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n push(es) wait for it.</source>
        <translation>
            <numerusform>%n push waits for it.</numerusform>
            <numerusform>%n pushes wait for it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n packet(s) in</source>
        <translation>
            <numerusform>%n packet in</numerusform>
            <numerusform>%n packets in</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n packet(s) out</source>
        <translation>
            <numerusform>%n packet out</numerusform>
            <numerusform>%n packets out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Learned from %n sample(s), confidence %1 %.</source>
        <translation>
            <numerusform>Learned from %n sample, confidence %1 %.</numerusform>
            <numerusform>Learned from %n samples, confidence %1 %.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>learned from %n sample(s) in %1</source>
        <translation>
            <numerusform>learned from %n sample in %1</numerusform>
            <numerusform>learned from %n samples in %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 octets, of which %2 fit into one message: needs %n message(s).</source>
        <translation>
            <numerusform>%1 octets, of which %2 fit into one message: needs %n message.</numerusform>
            <numerusform>%1 octets, of which %2 fit into one message: needs %n messages.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>struck %n time(s)</source>
        <translation>
            <numerusform>struck once</numerusform>
            <numerusform>struck %n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::SubscriberModel</name>
    <message numerus="yes">
        <source>User %1, %n device(s)</source>
        <translation>
            <numerusform>User %1, %n device</numerusform>
            <numerusform>User %1, %n devices</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::SubscriberPanel</name>
    <message numerus="yes">
        <source>%Ln user(s)</source>
        <translation>
            <numerusform>%Ln user</numerusform>
            <numerusform>%Ln users</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::TimeDisplay</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::TriggerPanel</name>
    <message numerus="yes">
        <source>%Ln trigger(s) and folders imported.</source>
        <translation>
            <numerusform>%Ln item imported.</numerusform>
            <numerusform>%Ln triggers and folders imported.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::UserPage</name>
    <message numerus="yes">
        <source>%1 of %n device(s) reachable now.</source>
        <translation>
            <numerusform>%1 of %n device reachable now.</numerusform>
            <numerusform>%1 of %n devices reachable now.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::WakeListModel</name>
    <message numerus="yes">
        <source>%1, %n octet(s)</source>
        <translation>
            <numerusform>%1, %n octet</numerusform>
            <numerusform>%1, %n octets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::WakeManyDialog</name>
    <message numerus="yes">
        <source>Wake %n device(s)</source>
        <translation>
            <numerusform>Wake %n device</numerusform>
            <numerusform>Wake %n devices</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%L1 of %n device(s) would be woken.</source>
        <translation>
            <numerusform>%L1 of %n device would be woken.</numerusform>
            <numerusform>%L1 of %n devices would be woken.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%L1 of %n device(s) came back, %L2 under way, %L3 did not come.</source>
        <translation>
            <numerusform>%L1 of %n device came back, %L2 under way, %L3 did not come.</numerusform>
            <numerusform>%L1 of %n devices came back, %L2 under way, %L3 did not come.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Wake %n device(s)</source>
        <translation>
            <numerusform>&amp;Wake %n device</numerusform>
            <numerusform>&amp;Wake %n devices</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ca&amp;ncel %n under way</source>
        <translation>
            <numerusform>Ca&amp;ncel %n under way</numerusform>
            <numerusform>Ca&amp;ncel %n under way</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::WakePreviewPane</name>
    <message numerus="yes">
        <source>An empty message of %n octet(s).</source>
        <translation>
            <numerusform>An empty message of %n octet.</numerusform>
            <numerusform>An empty message of %n octets.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n octet(s) on the wire, %1 of them the SIR.</source>
        <translation>
            <numerusform>%n octet on the wire, %1 of them the SIR.</numerusform>
            <numerusform>%n octets on the wire, %1 of them the SIR.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mode: %1, to %n device(s);</source>
        <translation>
            <numerusform>Mode: %1, to %n device;</numerusform>
            <numerusform>Mode: %1, to %n devices;</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::FaultBanner</name>
    <message numerus="yes">
        <source>%Ln injected fault(s) in force</source>
        <translation>
            <numerusform>%Ln injected fault in force</numerusform>
            <numerusform>%Ln injected faults in force</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::FaultsPage</name>
    <message numerus="yes">
        <source>It has struck %n time(s), last at %1.</source>
        <translation>
            <numerusform>It has struck once, at %1.</numerusform>
            <numerusform>It has struck %n times, last at %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::CancelPushes</name>
    <message numerus="yes">
        <source>%Ln push(es) cancelled.</source>
        <translation>
            <numerusform>%Ln push cancelled.</numerusform>
            <numerusform>%Ln pushes cancelled.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be cancelled: %1</source>
        <translation>
            <numerusform>%Ln could not be cancelled: %1</numerusform>
            <numerusform>%Ln could not be cancelled: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cancel the push %1 (%2, %Ln octet(s))?</source>
        <translation>
            <numerusform>Cancel the push %1 (%2, %Ln octet)?</numerusform>
            <numerusform>Cancel the push %1 (%2, %Ln octets)?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cancel %Ln waiting push(es)?</source>
        <translation>
            <numerusform>Cancel %Ln waiting push?</numerusform>
            <numerusform>Cancel %Ln waiting pushes?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::PushDetail</name>
    <message numerus="yes">
        <source>%L1 of %Ln device(s) have it.</source>
        <translation>
            <numerusform>%L1 of %Ln device has it.</numerusform>
            <numerusform>%L1 of %Ln devices have it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln octet(s)</source>
        <translation>
            <numerusform>%Ln octet</numerusform>
            <numerusform>%Ln octets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::PushHistoryModel</name>
    <message numerus="yes">
        <source>%Ln chosen device(s)</source>
        <translation>
            <numerusform>%Ln chosen device</numerusform>
            <numerusform>%Ln chosen devices</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::PushesPage</name>
    <message numerus="yes">
        <source>%Ln push(es) shown, newest first.</source>
        <translation>
            <numerusform>%Ln push shown, newest first.</numerusform>
            <numerusform>%Ln pushes shown, newest first.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Cancel %Ln pushes…</source>
        <translation>
            <numerusform>&amp;Cancel %Ln push…</numerusform>
            <numerusform>&amp;Cancel %Ln pushes…</numerusform>
        </translation>
    </message>
</context>
</TS>
