<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es_ES" sourcelanguage="en">
<context>
    <name>reveille::Actions</name>
    <message>
        <source>&amp;Start serving</source>
        <translation>&amp;Iniciar el servicio</translation>
    </message>
    <message>
        <source>F9</source>
        <translation>F9</translation>
    </message>
    <message>
        <source>Start the push server</source>
        <translation>Inicia el servidor push</translation>
    </message>
    <message>
        <source>S&amp;top serving</source>
        <translation>&amp;Detener el servicio</translation>
    </message>
    <message>
        <source>Shift+F9</source>
        <translation>Shift+F9</translation>
    </message>
    <message>
        <source>Stop the push server</source>
        <translation>Detiene el servidor push</translation>
    </message>
    <message>
        <source>&amp;Export journal rows…</source>
        <translation>&amp;Exportar filas del diario…</translation>
    </message>
    <message>
        <source>Ctrl+E</source>
        <translation>Ctrl+E</translation>
    </message>
    <message>
        <source>Write the journal rows shown as CSV</source>
        <translation>Escribe en CSV las filas del diario que se muestran</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Salir</translation>
    </message>
    <message>
        <source>Stop the server and leave</source>
        <translation>Detiene el servidor y sale</translation>
    </message>
    <message>
        <source>&amp;Copy journal rows</source>
        <translation>&amp;Copiar filas del diario</translation>
    </message>
    <message>
        <source>Ctrl+Shift+C</source>
        <translation>Ctrl+Shift+C</translation>
    </message>
    <message>
        <source>Copy the selected journal rows as a table</source>
        <translation>Copia como tabla las filas del diario seleccionadas</translation>
    </message>
    <message>
        <source>&amp;Find subscriber</source>
        <translation>&amp;Buscar abonado</translation>
    </message>
    <message>
        <source>Search every identifier</source>
        <translation>Busca en todos los identificadores</translation>
    </message>
    <message>
        <source>Show e&amp;verything</source>
        <translation>Mostrar &amp;todo</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Take the selection away; every region shows everything</source>
        <translation>Quita la selección; cada zona lo muestra todo</translation>
    </message>
    <message>
        <source>&amp;System colours</source>
        <translation>Colores del &amp;sistema</translation>
    </message>
    <message>
        <source>Light or dark as the desktop is</source>
        <translation>Claro u oscuro, como el escritorio</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Claro</translation>
    </message>
    <message>
        <source>Light colours</source>
        <translation>Colores claros</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Oscuro</translation>
    </message>
    <message>
        <source>Dark colours</source>
        <translation>Colores oscuros</translation>
    </message>
    <message>
        <source>Times in &amp;UTC</source>
        <translation>Horas en &amp;UTC</translation>
    </message>
    <message>
        <source>Ctrl+U</source>
        <translation>Ctrl+U</translation>
    </message>
    <message>
        <source>Show and export times in UTC instead of the local zone</source>
        <translation>Muestra y exporta las horas en UTC en vez de la zona local</translation>
    </message>
    <message>
        <source>&amp;Larger text</source>
        <translation>Texto más &amp;grande</translation>
    </message>
    <message>
        <source>Larger, for a presentation</source>
        <translation>Más grande, para una presentación</translation>
    </message>
    <message>
        <source>S&amp;maller text</source>
        <translation>Texto más &amp;pequeño</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Más pequeño</translation>
    </message>
    <message>
        <source>&amp;Normal text</source>
        <translation>Texto &amp;normal</translation>
    </message>
    <message>
        <source>Ctrl+0</source>
        <translation>Ctrl+0</translation>
    </message>
    <message>
        <source>Normal size</source>
        <translation>Tamaño normal</translation>
    </message>
    <message>
        <source>&amp;Follow the journal</source>
        <translation>&amp;Seguir el diario</translation>
    </message>
    <message>
        <source>Ctrl+L</source>
        <translation>Ctrl+L</translation>
    </message>
    <message>
        <source>Show new rows as they come</source>
        <translation>Muestra las filas nuevas según llegan</translation>
    </message>
    <message>
        <source>Lock la&amp;yout</source>
        <translation>Blo&amp;quear la disposición</translation>
    </message>
    <message>
        <source>Keep the regions where they are</source>
        <translation>Deja las zonas donde están</translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation>&amp;Restablecer la disposición</translation>
    </message>
    <message>
        <source>Put every region back where it belongs</source>
        <translation>Devuelve cada zona a su sitio</translation>
    </message>
    <message>
        <source>&amp;System language</source>
        <translation>Idioma del &amp;sistema</translation>
    </message>
    <message>
        <source>Language of the desktop</source>
        <translation>Idioma del escritorio</translation>
    </message>
    <message>
        <source>Add &amp;user…</source>
        <translation>Añadir &amp;usuario…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+N</source>
        <translation>Ctrl+Shift+N</translation>
    </message>
    <message>
        <source>Add a user</source>
        <translation>Añadir un usuario</translation>
    </message>
    <message>
        <source>Add &amp;device…</source>
        <translation>Añadir &amp;dispositivo…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+D</source>
        <translation>Ctrl+Shift+D</translation>
    </message>
    <message>
        <source>Provision a device of the selected user</source>
        <translation>Da de alta un dispositivo del usuario seleccionado</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>&amp;Editar…</translation>
    </message>
    <message>
        <source>F2</source>
        <translation>F2</translation>
    </message>
    <message>
        <source>Change what is provisioned</source>
        <translation>Cambia lo que está provisionado</translation>
    </message>
    <message>
        <source>&amp;Probe</source>
        <translation>&amp;Sondear</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Ctrl+P</translation>
    </message>
    <message>
        <source>Ask the device whether it is there</source>
        <translation>Pregunta al dispositivo si está ahí</translation>
    </message>
    <message>
        <source>De&amp;register</source>
        <translation>&amp;Anular el registro</translation>
    </message>
    <message>
        <source>Close its connections and forget its registration</source>
        <translation>Cierra sus conexiones y olvida su registro</translation>
    </message>
    <message>
        <source>Re&amp;move…</source>
        <translation>E&amp;liminar…</translation>
    </message>
    <message>
        <source>Remove the user or device for good</source>
        <translation>Elimina el usuario o dispositivo definitivamente</translation>
    </message>
    <message>
        <source>Copy &amp;identity</source>
        <translation>Copiar &amp;identidad</translation>
    </message>
    <message>
        <source>Ctrl+I</source>
        <translation>Ctrl+I</translation>
    </message>
    <message>
        <source>Copy the full identifier</source>
        <translation>Copia el identificador completo</translation>
    </message>
    <message>
        <source>Copy &amp;verdict</source>
        <translation>Copiar &amp;veredicto</translation>
    </message>
    <message>
        <source>Ctrl+Shift+V</source>
        <translation>Ctrl+Shift+V</translation>
    </message>
    <message>
        <source>Copy the sentence that says how the device is</source>
        <translation>Copia la frase que dice cómo está el dispositivo</translation>
    </message>
    <message>
        <source>&amp;Send push</source>
        <translation>&amp;Enviar push</translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation>Ctrl+N</translation>
    </message>
    <message>
        <source>Write a push for the selection</source>
        <translation>Escribe un push para la selección</translation>
    </message>
    <message>
        <source>&amp;Wake…</source>
        <translation>&amp;Activar…</translation>
    </message>
    <message>
        <source>Ctrl+W</source>
        <translation>Ctrl+W</translation>
    </message>
    <message>
        <source>&amp;Cancel push or wake-up</source>
        <translation>&amp;Cancelar push o activación</translation>
    </message>
    <message>
        <source>Ctrl+Backspace</source>
        <translation>Ctrl+Backspace</translation>
    </message>
    <message>
        <source>Cancel the selected push or wake-up</source>
        <translation>Cancela el push o la activación seleccionados</translation>
    </message>
    <message>
        <source>&amp;Command palette</source>
        <translation>&amp;Paleta de órdenes</translation>
    </message>
    <message>
        <source>Ctrl+K</source>
        <translation>Ctrl+K</translation>
    </message>
    <message>
        <source>Find any command by name</source>
        <translation>Encuentra cualquier orden por su nombre</translation>
    </message>
    <message>
        <source>F5</source>
        <translation>F5</translation>
    </message>
    <message>
        <source>Register, go quiet, push, wake-up, return, delivered</source>
        <translation>Registro, silencio, push, activación, regreso, entrega</translation>
    </message>
    <message>
        <source>Shift+F5</source>
        <translation>Shift+F5</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>A&amp;yuda</translation>
    </message>
    <message>
        <source>What the regions show, and the words used</source>
        <translation>Qué muestran las zonas y qué palabras se usan</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>Atajos de &amp;teclado</translation>
    </message>
    <message>
        <source>Ctrl+F1</source>
        <translation>Ctrl+F1</translation>
    </message>
    <message>
        <source>Every key there is</source>
        <translation>Todas las teclas que hay</translation>
    </message>
    <message>
        <source>&amp;About Reveille</source>
        <translation>&amp;Acerca de Reveille</translation>
    </message>
    <message>
        <source>Version and licence</source>
        <translation>Versión y licencia</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Archivo</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Editar</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ver</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>&amp;Colores</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Idioma</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>&amp;Dispositivo</translation>
    </message>
    <message>
        <source>&amp;Trigger</source>
        <translation>Di&amp;sparador</translation>
    </message>
    <message>
        <source>T&amp;ools</source>
        <translation>&amp;Herramientas</translation>
    </message>
    <message>
        <source>Lifeline as &amp;table</source>
        <translation>Línea de vida como &amp;tabla</translation>
    </message>
    <message>
        <source>Ctrl+T</source>
        <translation>Ctrl+T</translation>
    </message>
    <message>
        <source>Show the life of the device as a table instead of a strip</source>
        <translation>Mostrar la vida del dispositivo como tabla en lugar de banda</translation>
    </message>
    <message>
        <source>Copy &amp;lifeline</source>
        <translation>Copiar &amp;línea de vida</translation>
    </message>
    <message>
        <source>Copy what the lifeline shows as text</source>
        <translation>Copiar como texto lo que muestra la línea de vida</translation>
    </message>
    <message>
        <source>Learned &amp;networks</source>
        <translation>&amp;Redes aprendidas</translation>
    </message>
    <message>
        <source>Ctrl+Shift+L</source>
        <translation>Ctrl+Shift+L</translation>
    </message>
    <message>
        <source>How long each network keeps a quiet path open, and what clients there are told</source>
        <translation>Cuánto mantiene cada red abierto un camino en silencio, y qué se dice a los clientes de allí</translation>
    </message>
    <message>
        <source>Export learned &amp;networks…</source>
        <translation>Exportar &amp;redes aprendidas…</translation>
    </message>
    <message>
        <source>Write the learned networks as CSV</source>
        <translation>Escribir las redes aprendidas como CSV</translation>
    </message>
    <message>
        <source>&amp;Bearers</source>
        <translation>&amp;Portadoras</translation>
    </message>
    <message>
        <source>Ctrl+Shift+B</source>
        <translation>Ctrl+Shift+B</translation>
    </message>
    <message>
        <source>Every way to wake: whether it works, whom it talks to, what it sent</source>
        <translation>Cada vía de activación: si funciona, con quién habla, qué ha enviado</translation>
    </message>
    <message>
        <source>&amp;Test the chosen bearer</source>
        <translation>Probar la por&amp;tadora elegida</translation>
    </message>
    <message>
        <source>Ask the carrier of the bearer whether it is there; nobody is woken</source>
        <translation>Preguntar al operador de la portadora si está ahí; no se activa a nadie</translation>
    </message>
    <message>
        <source>Wake-&amp;ups</source>
        <translation>Ac&amp;tivaciones</translation>
    </message>
    <message>
        <source>Ctrl+Shift+W</source>
        <translation>Ctrl+Shift+W</translation>
    </message>
    <message>
        <source>Every wake-up as a row, with its states moving</source>
        <translation>Cada activación en una fila, con sus estados en marcha</translation>
    </message>
    <message>
        <source>&amp;Inspect in the journal</source>
        <translation>&amp;Inspeccionar en el diario</translation>
    </message>
    <message>
        <source>Ctrl+J</source>
        <translation>Ctrl+J</translation>
    </message>
    <message>
        <source>Show the journal rows of what is chosen</source>
        <translation>Mostrar las filas del diario de lo elegido</translation>
    </message>
    <message>
        <source>&amp;Repeat the wake-up</source>
        <translation>&amp;Repetir la activación</translation>
    </message>
    <message>
        <source>Ctrl+R</source>
        <translation>Ctrl+R</translation>
    </message>
    <message>
        <source>Start a new wake-up with the same order</source>
        <translation>Iniciar otra activación con la misma orden</translation>
    </message>
    <message>
        <source>Repeat &amp;over another bearer</source>
        <translation>Repetir por &amp;otra portadora</translation>
    </message>
    <message>
        <source>Ctrl+Shift+R</source>
        <translation>Ctrl+Shift+R</translation>
    </message>
    <message>
        <source>The same order over a bearer of your choice; a wake-up under way is moved there</source>
        <translation>La misma orden por la portadora que elija; una activación en marcha pasa a ella</translation>
    </message>
    <message>
        <source>Copy wake-up ro&amp;ws</source>
        <translation>Copiar &amp;filas de activaciones</translation>
    </message>
    <message>
        <source>Copy the selected wake-ups as a table</source>
        <translation>Copiar como tabla las activaciones seleccionadas</translation>
    </message>
    <message>
        <source>Wake the selected devices by hand</source>
        <translation>Activar a mano los dispositivos seleccionados</translation>
    </message>
    <message>
        <source>&amp;Import subscribers…</source>
        <translation>&amp;Importar abonados…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+I</source>
        <translation>Ctrl+Shift+I</translation>
    </message>
    <message>
        <source>Make and change users and devices from a CSV file</source>
        <translation>Crear y cambiar usuarios y dispositivos a partir de un archivo CSV</translation>
    </message>
    <message>
        <source>Export s&amp;ubscribers…</source>
        <translation>Exportar a&amp;bonados…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+E</source>
        <translation>Ctrl+Shift+E</translation>
    </message>
    <message>
        <source>Write users and devices as CSV</source>
        <translation>Escribir usuarios y dispositivos como CSV</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Deshacer</translation>
    </message>
    <message>
        <source>Take back the last change of users and devices</source>
        <translation>Deshacer el último cambio de usuarios y dispositivos</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Rehacer</translation>
    </message>
    <message>
        <source>Do again what was taken back</source>
        <translation>Volver a hacer lo deshecho</translation>
    </message>
    <message>
        <source>Copy push as reveillectl &amp;line</source>
        <translation>Copiar el push como &amp;línea de reveillectl</translation>
    </message>
    <message>
        <source>The chosen push, or the one in the composer, as a command for a shell</source>
        <translation>El push elegido, o el del editor, como orden para un intérprete de comandos</translation>
    </message>
    <message>
        <source>Copy push as c&amp;url line</source>
        <translation>Copiar el push como línea de c&amp;url</translation>
    </message>
    <message>
        <source>The chosen push, or the one in the composer, as a curl command; without the token</source>
        <translation>El push elegido, o el del editor, como orden de curl; sin el testigo</translation>
    </message>
    <message>
        <source>Copy push as &amp;HTTP request</source>
        <translation>Copiar el push como petición &amp;HTTP</translation>
    </message>
    <message>
        <source>Ctrl+Shift+H</source>
        <translation>Ctrl+Shift+H</translation>
    </message>
    <message>
        <source>The chosen push, or the one in the composer, as an HTTP request; without the token</source>
        <translation>El push elegido, o el del editor, como petición HTTP; sin el testigo</translation>
    </message>
    <message>
        <source>Send to &amp;many…</source>
        <translation>Enviar a &amp;muchos…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+M</source>
        <translation>Ctrl+Shift+M</translation>
    </message>
    <message>
        <source>Send a push to everything selected, or to the rows of a CSV file</source>
        <translation>Envía un push a todo lo seleccionado o a las filas de un archivo CSV</translation>
    </message>
    <message>
        <source>Pushes that &amp;wait</source>
        <translation>Push en es&amp;pera</translation>
    </message>
    <message>
        <source>Ctrl+Shift+Q</source>
        <translation>Ctrl+Shift+Q</translation>
    </message>
    <message>
        <source>What waits for the selected device, in order of sending</source>
        <translation>Lo que espera al dispositivo seleccionado, en orden de envío</translation>
    </message>
    <message>
        <source>Cancel chosen &amp;waiting pushes…</source>
        <translation>Cancelar los push en espera ele&amp;gidos…</translation>
    </message>
    <message>
        <source>Cancel what is chosen among the pushes that wait; there also Delete</source>
        <translation>Cancela lo elegido entre los push en espera; allí también con Supr</translation>
    </message>
    <message>
        <source>Trigger li&amp;brary</source>
        <translation>&amp;Biblioteca de disparadores</translation>
    </message>
    <message>
        <source>Ctrl+Shift+T</source>
        <translation>Ctrl+Shift+T</translation>
    </message>
    <message>
        <source>Saved pushes, to be sent again</source>
        <translation>Push guardados, para enviarlos otra vez</translation>
    </message>
    <message>
        <source>Sa&amp;ve as trigger…</source>
        <translation>&amp;Guardar como disparador…</translation>
    </message>
    <message>
        <source>Ctrl+S</source>
        <translation>Ctrl+S</translation>
    </message>
    <message>
        <source>Keep what the composer holds in the trigger library</source>
        <translation>Guarda en la biblioteca de disparadores lo que contiene el editor</translation>
    </message>
    <message>
        <source>Send &amp;trigger</source>
        <translation>Enviar &amp;disparador</translation>
    </message>
    <message>
        <source>F6</source>
        <translation>F6</translation>
    </message>
    <message>
        <source>Send the trigger chosen in the library again; in the library also Ctrl+Enter</source>
        <translation>Envía otra vez el disparador elegido en la biblioteca; en ella también con Ctrl+Intro</translation>
    </message>
    <message>
        <source>Send trigger with &amp;other values…</source>
        <translation>Enviar disparador con &amp;otros valores…</translation>
    </message>
    <message>
        <source>Shift+F6</source>
        <translation>Shift+F6</translation>
    </message>
    <message>
        <source>Ask for every variable of the chosen trigger, then send it</source>
        <translation>Pregunta por cada variable del disparador elegido y lo envía</translation>
    </message>
    <message>
        <source>O&amp;pen in the composer</source>
        <translation>&amp;Abrir en el editor</translation>
    </message>
    <message>
        <source>Write the chosen trigger into the composer; in the library also Enter</source>
        <translation>Escribe el disparador elegido en el editor; en la biblioteca también con Intro</translation>
    </message>
    <message>
        <source>New &amp;folder</source>
        <translation>Nueva &amp;carpeta</translation>
    </message>
    <message>
        <source>Make a folder in the trigger library</source>
        <translation>Crea una carpeta en la biblioteca de disparadores</translation>
    </message>
    <message>
        <source>Re&amp;name trigger</source>
        <translation>Cambiar de &amp;nombre el disparador</translation>
    </message>
    <message>
        <source>Give the chosen trigger or folder another name; in the library also F2</source>
        <translation>Da otro nombre al disparador o la carpeta elegidos; en la biblioteca también con F2</translation>
    </message>
    <message>
        <source>&amp;Duplicate trigger</source>
        <translation>D&amp;uplicar disparador</translation>
    </message>
    <message>
        <source>Make a copy of the chosen trigger or folder; in the library also Ctrl+D</source>
        <translation>Hace una copia del disparador o la carpeta elegidos; en la biblioteca también con Ctrl+D</translation>
    </message>
    <message>
        <source>&amp;Move trigger to a folder…</source>
        <translation>&amp;Mover disparador a una carpeta…</translation>
    </message>
    <message>
        <source>Put the chosen trigger or folder elsewhere; in the library also Alt and the arrows, or dragging</source>
        <translation>Pone en otro lugar el disparador o la carpeta elegidos; en la biblioteca también con Alt y las flechas, o arrastrando</translation>
    </message>
    <message>
        <source>D&amp;elete trigger</source>
        <translation>&amp;Eliminar disparador</translation>
    </message>
    <message>
        <source>Delete the chosen trigger or folder, which can be brought back; in the library also Delete</source>
        <translation>Elimina el disparador o la carpeta elegidos, que se pueden recuperar; en la biblioteca también con Supr</translation>
    </message>
    <message>
        <source>&amp;Bring back the deleted trigger</source>
        <translation>&amp;Recuperar el disparador eliminado</translation>
    </message>
    <message>
        <source>Bring back what was deleted last; in the library also Ctrl+Z</source>
        <translation>Recupera lo último eliminado; en la biblioteca también con Ctrl+Z</translation>
    </message>
    <message>
        <source>&amp;Import triggers…</source>
        <translation>&amp;Importar disparadores…</translation>
    </message>
    <message>
        <source>Add the triggers of a file to the library</source>
        <translation>Añade a la biblioteca los disparadores de un archivo</translation>
    </message>
    <message>
        <source>E&amp;xport all triggers…</source>
        <translation>E&amp;xportar todos los disparadores…</translation>
    </message>
    <message>
        <source>Write the trigger library to a file, to share it</source>
        <translation>Escribe la biblioteca de disparadores en un archivo, para compartirla</translation>
    </message>
    <message>
        <source>Export &amp;chosen trigger…</source>
        <translation>Exportar el di&amp;sparador elegido…</translation>
    </message>
    <message>
        <source>Write the chosen trigger or folder to a file, to share it</source>
        <translation>Escribe el disparador o la carpeta elegidos en un archivo, para compartirlos</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Biblioteca</translation>
    </message>
    <message>
        <source>&amp;Bring back %1</source>
        <translation>&amp;Recuperar %1</translation>
    </message>
    <message>
        <source>Open push in the compo&amp;ser</source>
        <translation>Abrir el push en el &amp;editor</translation>
    </message>
    <message>
        <source>Ctrl+Shift+P</source>
        <translation>Ctrl+Shift+P</translation>
    </message>
    <message>
        <source>Write the chosen push into the composer, to send it again or to change it</source>
        <translation>Escribe el push elegido en el editor, para enviarlo otra vez o cambiarlo</translation>
    </message>
    <message>
        <source>Play the de&amp;mo</source>
        <translation>Reproducir la de&amp;mostración</translation>
    </message>
    <message>
        <source>S&amp;how scenarios</source>
        <translation>&amp;Mostrar los escenarios</translation>
    </message>
    <message>
        <source>F7</source>
        <translation>F7</translation>
    </message>
    <message>
        <source>Stories of devices in steps, with what is expected beside what happened</source>
        <translation>Historias de dispositivos por pasos, con lo esperado junto a lo ocurrido</translation>
    </message>
    <message>
        <source>&amp;Open a scenario…</source>
        <translation>&amp;Abrir un escenario…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+O</source>
        <translation>Ctrl+Shift+O</translation>
    </message>
    <message>
        <source>Open a scenario file of your own</source>
        <translation>Abre un archivo de escenario propio</translation>
    </message>
    <message>
        <source>&amp;Play the scenario</source>
        <translation>&amp;Reproducir el escenario</translation>
    </message>
    <message>
        <source>Play the chosen scenario from its start, on a server of its own</source>
        <translation>Reproduce el escenario elegido desde el principio, en un servidor propio</translation>
    </message>
    <message>
        <source>&amp;Next step</source>
        <translation>Paso &amp;siguiente</translation>
    </message>
    <message>
        <source>F8</source>
        <translation>F8</translation>
    </message>
    <message>
        <source>Go on with the next step, where the scenario pauses between steps</source>
        <translation>Continúa con el paso siguiente cuando el escenario hace pausa entre pasos</translation>
    </message>
    <message>
        <source>Pause &amp;between steps</source>
        <translation>Pausa &amp;entre pasos</translation>
    </message>
    <message>
        <source>Shift+F8</source>
        <translation>Shift+F8</translation>
    </message>
    <message>
        <source>Each step waits for Next step, so that you can talk about it</source>
        <translation>Cada paso espera a «Paso siguiente», para poder comentarlo</translation>
    </message>
    <message>
        <source>S&amp;top the scenario</source>
        <translation>&amp;Detener el escenario</translation>
    </message>
    <message>
        <source>Ctrl+F5</source>
        <translation>Ctrl+F5</translation>
    </message>
    <message>
        <source>Stop the scenario where it is, to look at it</source>
        <translation>Detiene el escenario donde está, para examinarlo</translation>
    </message>
    <message>
        <source>&amp;Reset the scenario</source>
        <translation>Rei&amp;niciar el escenario</translation>
    </message>
    <message>
        <source>Back to the start of the scenario, and to what the server served before</source>
        <translation>Vuelve al principio del escenario y a lo que el servidor servía antes</translation>
    </message>
    <message>
        <source>Presenter si&amp;ze</source>
        <translation>&amp;Tamaño de presentación</translation>
    </message>
    <message>
        <source>F11</source>
        <translation>F11</translation>
    </message>
    <message>
        <source>Steps in large type, to be read from the last row of a room</source>
        <translation>Pasos en letra grande, para leerlos desde la última fila de una sala</translation>
    </message>
    <message>
        <source>Save scenario report as te&amp;xt…</source>
        <translation>Guardar el informe del escenario como te&amp;xto…</translation>
    </message>
    <message>
        <source>Write what became of each step as text</source>
        <translation>Escribe como texto qué fue de cada paso</translation>
    </message>
    <message>
        <source>Save scenario report as &amp;JUnit XML…</source>
        <translation>Guardar el informe del escenario como &amp;JUnit XML…</translation>
    </message>
    <message>
        <source>Write what became of each step as CI servers read it</source>
        <translation>Escribe qué fue de cada paso como lo leen los servidores de integración continua</translation>
    </message>
    <message>
        <source>&amp;Copy scenario as reveillectl line</source>
        <translation>&amp;Copiar el escenario como línea de reveillectl</translation>
    </message>
    <message>
        <source>The command that plays the chosen scenario without a window</source>
        <translation>La orden que reproduce el escenario elegido sin ventana</translation>
    </message>
    <message>
        <source>Save a cop&amp;y of the scenario…</source>
        <translation>&amp;Guardar una copia del escenario…</translation>
    </message>
    <message>
        <source>A file to start a scenario of your own from</source>
        <translation>Un archivo del que partir para un escenario propio</translation>
    </message>
    <message>
        <source>&amp;Scenarios</source>
        <translation>&amp;Escenarios</translation>
    </message>
    <message>
        <source>Injected &amp;faults</source>
        <translation>&amp;Fallos provocados</translation>
    </message>
    <message>
        <source>Ctrl+Shift+F</source>
        <translation>Ctrl+Shift+F</translation>
    </message>
    <message>
        <source>Faults put in the way on purpose: what each strikes, how often it did, when it ends</source>
        <translation>Fallos provocados a propósito: a qué afecta cada uno, cuántas veces se produjo, cuándo termina</translation>
    </message>
    <message>
        <source>Inject fa&amp;ult…</source>
        <translation>Pro&amp;vocar un fallo…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+J</source>
        <translation>Ctrl+Shift+J</translation>
    </message>
    <message>
        <source>Drop, delay, double or reject wake-ups and pushes, to see what comes of it</source>
        <translation>Descartar, retrasar, duplicar o rechazar activaciones y envíos, para ver qué ocurre</translation>
    </message>
    <message>
        <source>E&amp;nd all faults</source>
        <translation>Ter&amp;minar todos los fallos</translation>
    </message>
    <message>
        <source>End every injected fault; what they hold back goes on its way at once</source>
        <translation>Terminar todos los fallos provocados; lo que retienen sigue su camino enseguida</translation>
    </message>
    <message>
        <source>&amp;Pushes</source>
        <translation>&amp;Push</translation>
    </message>
    <message>
        <source>Ctrl+Shift+A</source>
        <translation>Ctrl+Shift+A</translation>
    </message>
    <message>
        <source>Every push of the server as a row, with its states moving</source>
        <translation>Cada push del servidor en una fila, con sus estados en movimiento</translation>
    </message>
    <message>
        <source>Export pus&amp;hes…</source>
        <translation>Exportar pus&amp;hes…</translation>
    </message>
    <message>
        <source>Write the pushes shown as CSV</source>
        <translation>Escribe en CSV los push que se muestran</translation>
    </message>
    <message>
        <source>Send push a&amp;gain…</source>
        <translation>Enviar otra ve&amp;z el push…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+S</source>
        <translation>Ctrl+Shift+S</translation>
    </message>
    <message>
        <source>The chosen push once more, with the same content for the same target</source>
        <translation>El push elegido una vez más, con el mismo contenido y para el mismo destino</translation>
    </message>
    <message>
        <source>Copy push &amp;identity</source>
        <translation>Copiar &amp;identidad del push</translation>
    </message>
    <message>
        <source>Copy the full identity of the chosen push</source>
        <translation>Copia la identidad completa del push elegido</translation>
    </message>
    <message>
        <source>Copy scenario &amp;report</source>
        <translation>Copiar el &amp;informe del escenario</translation>
    </message>
    <message>
        <source>Copy what became of each step as text</source>
        <translation>Copiar como texto lo que fue de cada paso</translation>
    </message>
</context>
<context>
    <name>reveille::Banner</name>
    <message>
        <source>Message</source>
        <translation>Mensaje</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Descartar</translation>
    </message>
</context>
<context>
    <name>reveille::BearerChoice</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>the device has no route for it</source>
        <translation>el dispositivo no tiene ruta para ella</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <translation>%1 – %2</translation>
    </message>
</context>
<context>
    <name>reveille::BearerModel</name>
    <message>
        <source>Bearer</source>
        <translation>Portadora</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Enviados</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fallidos</translation>
    </message>
    <message>
        <source>Carries</source>
        <translation>Transporta</translation>
    </message>
    <message>
        <source>being tested…</source>
        <translation>probándose…</translation>
    </message>
    <message>
        <source>the start</source>
        <translation>el inicio</translation>
    </message>
    <message>
        <source>NAME in the section [bearer.NAME] of the configuration</source>
        <translation>NAME de la sección [bearer.NAME] de la configuración</translation>
    </message>
    <message>
        <source>Wake-ups pass over a bearer that does not work</source>
        <translation>Las activaciones pasan por alto una portadora que no funciona</translation>
    </message>
    <message>
        <source>Whom it hands its messages to</source>
        <translation>A quién entrega sus mensajes</translation>
    </message>
    <message>
        <source>Peer</source>
        <translation>Extremo</translation>
    </message>
    <message>
        <source>Since when it is in this state</source>
        <translation>Desde cuándo está en este estado</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Desde</translation>
    </message>
    <message>
        <source>Messages that the carrier took</source>
        <translation>Mensajes que aceptó el operador</translation>
    </message>
    <message>
        <source>Messages of which a receipt says that the terminal has them</source>
        <translation>Mensajes cuyo acuse dice que el terminal los tiene</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Recibidos</translation>
    </message>
    <message>
        <source>Messages that the carrier did not take or could not deliver</source>
        <translation>Mensajes que el operador no aceptó o no pudo entregar</translation>
    </message>
    <message>
        <source>Messages that wait for their turn</source>
        <translation>Mensajes que esperan su turno</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En espera</translation>
    </message>
    <message>
        <source>Messages handed over and not yet answered</source>
        <translation>Mensajes entregados y aún sin respuesta</translation>
    </message>
    <message>
        <source>On the way</source>
        <translation>En camino</translation>
    </message>
    <message>
        <source>What the last test of it found</source>
        <translation>Qué halló su última prueba</translation>
    </message>
    <message>
        <source>Last test</source>
        <translation>Última prueba</translation>
    </message>
    <message>
        <source>Kinds of wake-up routes it serves</source>
        <translation>Clases de rutas de activación que sirve</translation>
    </message>
</context>
<context>
    <name>reveille::BearersPage</name>
    <message>
        <source>&amp;Test this bearer</source>
        <translation>&amp;Probar esta portadora</translation>
    </message>
    <message>
        <source>Bearers</source>
        <translation>Portadoras</translation>
    </message>
    <message>
        <source>A row for every way to wake: whether it works, whom it talks to, and what it did. A test asks the carrier whether it is there; no device is woken by it.</source>
        <translation>Una fila por cada vía de activación: si funciona, con quién habla y qué ha hecho. Una prueba pregunta al operador si está ahí; no activa ningún dispositivo.</translation>
    </message>
    <message>
        <source>The chosen bearer</source>
        <translation>La portadora elegida</translation>
    </message>
    <message>
        <source>Ask the carrier whether it is there; nobody is woken</source>
        <translation>Preguntar al operador si está ahí; no se activa a nadie</translation>
    </message>
    <message>
        <source>No bearer is configured</source>
        <translation>No hay ninguna portadora configurada</translation>
    </message>
    <message>
        <source>A bearer is a way to wake a device that cannot be reached over the network: SMS over an SMSC, a WSP push in a UDP datagram, SIP, HTTP. Each has a section [bearer.NAME] in the configuration; default.conf shows one of every kind. They appear here once the server runs.</source>
        <translation>Una portadora es una vía para activar un dispositivo al que la red no llega: SMS por un SMSC, un envío WSP en un datagrama UDP, SIP, HTTP. Cada una tiene una sección [bearer.NAME] en la configuración; default.conf muestra una de cada clase. Aparecen aquí en cuanto el servidor funciona.</translation>
    </message>
    <message>
        <source>It is being tested…</source>
        <translation>Se está probando…</translation>
    </message>
    <message>
        <source>Tested at %1: %2.</source>
        <translation>Probada a las %1: %2.</translation>
    </message>
    <message>
        <source>&amp;Copy rows</source>
        <translation>&amp;Copiar filas</translation>
    </message>
    <message>
        <source>Copy as &amp;sentences</source>
        <translation>Copiar como fra&amp;ses</translation>
    </message>
    <message>
        <source>Inject &amp;fault…</source>
        <translation>Provocar un &amp;fallo…</translation>
    </message>
</context>
<context>
    <name>reveille::BulkSend</name>
    <message>
        <source>Cannot be sent</source>
        <translation>No se puede enviar</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>No enviado</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Listo</translation>
    </message>
    <message>
        <source>Being sent</source>
        <translation>Enviándose</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Rechazado</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Línea</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Para</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Resultado</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Por qué</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>Push</translation>
    </message>
</context>
<context>
    <name>reveille::BulkSendDialog</name>
    <message>
        <source>C&amp;hoose a file…</source>
        <translation>&amp;Elegir un archivo…</translation>
    </message>
    <message>
        <source>&amp;Send</source>
        <translation>&amp;Enviar</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>&amp;Detener</translation>
    </message>
    <message>
        <source>Save &amp;results…</source>
        <translation>Guardar &amp;resultados…</translation>
    </message>
    <message>
        <source>Send to many</source>
        <translation>Enviar a muchos</translation>
    </message>
    <message>
        <source>How it stands</source>
        <translation>Cómo va</translation>
    </message>
    <message>
        <source>About the recipients</source>
        <translation>Sobre los destinatarios</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progreso</translation>
    </message>
    <message>
        <source>What the composer holds</source>
        <translation>Lo que contiene el editor</translation>
    </message>
    <message numerus="yes">
        <source>The %Ln selected</source>
        <translation>
            <numerusform>El %Ln seleccionado</numerusform>
            <numerusform>Los %Ln seleccionados</numerusform>
        </translation>
    </message>
    <message>
        <source>The rows of a CSV file</source>
        <translation>Las filas de un archivo CSV</translation>
    </message>
    <message>
        <source>Column that says to whom</source>
        <translation>Columna que dice a quién</translation>
    </message>
    <message>
        <source>&amp;Push</source>
        <translation>&amp;Push</translation>
    </message>
    <message>
        <source>&amp;Recipients</source>
        <translation>De&amp;stinatarios</translation>
    </message>
    <message>
        <source>&amp;To whom</source>
        <translation>&amp;A quién</translation>
    </message>
    <message>
        <source>What becomes of each</source>
        <translation>Qué es de cada uno</translation>
    </message>
    <message>
        <source>Text that the chosen one gets</source>
        <translation>Texto que recibe el elegido</translation>
    </message>
    <message>
        <source>Send the pushes (Ctrl+Enter)</source>
        <translation>Envía los push (Ctrl+Intro)</translation>
    </message>
    <message>
        <source>Write what became of each as CSV</source>
        <translation>Escribe en CSV qué fue de cada uno</translation>
    </message>
    <message>
        <source>Save the results</source>
        <translation>Guardar los resultados</translation>
    </message>
    <message>
        <source>Recipients</source>
        <translation>Destinatarios</translation>
    </message>
    <message>
        <source>CSV files (*.csv);;All files (*)</source>
        <translation>Archivos CSV (*.csv);;Todos los archivos (*)</translation>
    </message>
    <message>
        <source>%1 cannot be used. %2</source>
        <translation>No se puede usar %1. %2</translation>
    </message>
    <message>
        <source>Column “%1”</source>
        <translation>Columna «%1»</translation>
    </message>
    <message>
        <source>The first row of the file names the columns; each gives a variable of its name. At most %L1 rows.</source>
        <translation>La primera fila del archivo nombra las columnas; cada una da una variable con su nombre. Como mucho %L1 filas.</translation>
    </message>
    <message numerus="yes">
        <source>%1 has %Ln row(s) and gives %2.</source>
        <translation>
            <numerusform>%1 tiene %Ln fila y da %2.</numerusform>
            <numerusform>%1 tiene %Ln filas y da %2.</numerusform>
        </translation>
    </message>
    <message>
        <source>Each of them gets a push of its own; {{user}} and {{device}} stand for the recipient.</source>
        <translation>Cada uno recibe su propio push; {{user}} y {{device}} son el destinatario.</translation>
    </message>
    <message>
        <source>It has no content: write it in the composer or choose a saved trigger, unless an empty push is meant.</source>
        <translation>No tiene contenido: escríbalo en el editor o elija un disparador guardado, salvo que se quiera un push vacío.</translation>
    </message>
    <message>
        <source>Nobody is named yet.</source>
        <translation>Aún no se nombra a nadie.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln push(es) would be sent.</source>
        <translation>
            <numerusform>Se enviaría %Ln push.</numerusform>
            <numerusform>Se enviarían %Ln push.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) are bad and left out; the table says why.</source>
        <translation>
            <numerusform>%Ln fila es errónea y queda fuera; la tabla dice por qué.</numerusform>
            <numerusform>%Ln filas son erróneas y quedan fuera; la tabla dice por qué.</numerusform>
        </translation>
    </message>
    <message>
        <source>%L1 sent, %L2 refused, %L3 left.</source>
        <translation>%L1 enviados, %L2 rechazados, %L3 por enviar.</translation>
    </message>
    <message>
        <source>Stopped: %L1 are sent and stay sent, %L2 were refused, %L3 were not sent.</source>
        <translation>Detenido: %L1 están enviados y así quedan, %L2 fueron rechazados, %L3 no se enviaron.</translation>
    </message>
    <message>
        <source>%L1 sent, %L2 refused.</source>
        <translation>%L1 enviados, %L2 rechazados.</translation>
    </message>
    <message>
        <source>%L1 delivered, %L2 under way.</source>
        <translation>%L1 entregados, %L2 en curso.</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Send %Ln push(es)…</source>
        <translation>
            <numerusform>&amp;Enviar %Ln push…</numerusform>
            <numerusform>&amp;Enviar %Ln push…</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose recipients to see what they would get.</source>
        <translation>Elija destinatarios para ver qué recibirían.</translation>
    </message>
    <message>
        <source>The server is not running.</source>
        <translation>El servidor no está en marcha.</translation>
    </message>
    <message>
        <source>Nobody gets it. %1</source>
        <translation>No lo recibe nadie. %1</translation>
    </message>
    <message numerus="yes">
        <source>Send %Ln push(es)?</source>
        <translation>
            <numerusform>¿Enviar %Ln push?</numerusform>
            <numerusform>¿Enviar %Ln push?</numerusform>
        </translation>
    </message>
    <message>
        <source>Devices that are not connected are woken where the push says so. What is sent stays sent; what waits can be cancelled.</source>
        <translation>Los dispositivos no conectados se activan si el push lo dice. Lo enviado queda enviado; lo que espera se puede cancelar.</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Enviar</translation>
    </message>
    <message numerus="yes">
        <source>Ca&amp;ncel %Ln under way…</source>
        <translation>
            <numerusform>Ca&amp;ncelar %Ln en curso…</numerusform>
            <numerusform>Ca&amp;ncelar %Ln en curso…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cancel %Ln push(es) under way?</source>
        <translation>
            <numerusform>¿Cancelar %Ln push en curso?</numerusform>
            <numerusform>¿Cancelar %Ln push en curso?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be cancelled: %1</source>
        <translation>
            <numerusform>%Ln no se pudo cancelar: %1</numerusform>
            <numerusform>%Ln no se pudieron cancelar: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing more is sent, and devices that have not got theirs yet do not get it. What is delivered stays delivered.</source>
        <translation>No se envía nada más, y los dispositivos que aún no han recibido el suyo no lo recibirán. Lo entregado queda entregado.</translation>
    </message>
    <message>
        <source>Cancel the pushes</source>
        <translation>Cancelar los push</translation>
    </message>
    <message>
        <source>The chosen trigger was deleted meanwhile; choose another push.</source>
        <translation>El disparador elegido se borró entretanto; elija otro push.</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Conservarlos</translation>
    </message>
</context>
<context>
    <name>reveille::CheckTree</name>
    <message>
        <source>Why this route</source>
        <translation>Por qué esta ruta</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Respuesta</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>sí</translation>
    </message>
    <message>
        <source>no</source>
        <translation>no</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>no se preguntó</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>To change it: %1.</source>
        <translation>Para cambiarlo: %1.</translation>
    </message>
</context>
<context>
    <name>reveille::CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation>Paleta de órdenes</translation>
    </message>
    <message>
        <source>Type a command…</source>
        <translation>Escriba una orden…</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Orden</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Órdenes</translation>
    </message>
</context>
<context>
    <name>reveille::Composer</name>
    <message>
        <source>&amp;Send</source>
        <translation>&amp;Enviar</translation>
    </message>
    <message>
        <source>Push composer</source>
        <translation>Editor de push</translation>
    </message>
    <message>
        <source>Sends the push (Ctrl+Enter)</source>
        <translation>Envía el push (Ctrl+Intro)</translation>
    </message>
    <message>
        <source>Name a user, a device or a phone number to see who will get the push.</source>
        <translation>Indique un usuario, un dispositivo o un número de teléfono para ver quién recibirá el push.</translation>
    </message>
    <message>
        <source>The server is not running. Start it to see who will get the push.</source>
        <translation>El servidor no está en marcha. Inícielo para ver quién recibirá el push.</translation>
    </message>
    <message>
        <source>Nobody gets it. %1</source>
        <translation>Nadie lo recibe. %1</translation>
    </message>
    <message numerus="yes">
        <source>%n device(s)</source>
        <translation>
            <numerusform>%n dispositivo</numerusform>
            <numerusform>%n dispositivos</numerusform>
        </translation>
    </message>
    <message>
        <source>The push was not accepted. %1</source>
        <translation>El push no fue aceptado. %1</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Copiado.</translation>
    </message>
    <message>
        <source>Cop&amp;y</source>
        <translation>&amp;Copiar</translation>
    </message>
    <message>
        <source>Save as tri&amp;gger…</source>
        <translation>&amp;Guardar como disparador…</translation>
    </message>
    <message>
        <source>The same push for a shell or another program</source>
        <translation>El mismo push para un intérprete de comandos u otro programa</translation>
    </message>
    <message>
        <source>As &amp;reveillectl line</source>
        <translation>Como línea de &amp;reveillectl</translation>
    </message>
    <message>
        <source>As &amp;curl line</source>
        <translation>Como línea de &amp;curl</translation>
    </message>
    <message>
        <source>As &amp;HTTP request</source>
        <translation>Como petición &amp;HTTP</translation>
    </message>
    <message>
        <source>Keep this push in the trigger library (Ctrl+S)</source>
        <translation>Guarda este push en la biblioteca de disparadores (Ctrl+S)</translation>
    </message>
    <message>
        <source>Copied. REVEILLE_TOKEN stands where the token belongs.</source>
        <translation>Copiado. REVEILLE_TOKEN ocupa el lugar del testigo.</translation>
    </message>
    <message>
        <source>Saved in the trigger library.</source>
        <translation>Guardado en la biblioteca de disparadores.</translation>
    </message>
    <message>
        <source>It was for one session; now it is for its device.</source>
        <translation>Era para una sola sesión; ahora es para su dispositivo.</translation>
    </message>
    <message>
        <source>It was for one session; now it is for the whole user.</source>
        <translation>Era para una sola sesión; ahora es para todo el usuario.</translation>
    </message>
    <message>
        <source>It was for chosen devices (%L1); now it is for the whole user.</source>
        <translation>Era para dispositivos elegidos (%L1); ahora es para todo el usuario.</translation>
    </message>
    <message>
        <source>the content, which is no text</source>
        <translation>el contenido, que no es texto</translation>
    </message>
    <message>
        <source>the content encoding %1</source>
        <translation>la codificación del contenido %1</translation>
    </message>
    <message>
        <source>the time before which it is held back</source>
        <translation>la hora hasta la que se retiene</translation>
    </message>
    <message>
        <source>whom to tell once it has ended</source>
        <translation>a quién avisar cuando termine</translation>
    </message>
    <message>
        <source>the reference %1</source>
        <translation>la referencia %1</translation>
    </message>
    <message>
        <source>Left out: %1.</source>
        <translation>Queda fuera: %1.</translation>
    </message>
</context>
<context>
    <name>reveille::ComposerForm</name>
    <message>
        <source>&amp;Devices</source>
        <translation>&amp;Dispositivos</translation>
    </message>
    <message>
        <source>any application</source>
        <translation>cualquier aplicación</translation>
    </message>
    <message>
        <source>What the device is to get</source>
        <translation>Lo que ha de recibir el dispositivo</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>&amp;Para</translation>
    </message>
    <message>
        <source>Te&amp;xt</source>
        <translation>Te&amp;xto</translation>
    </message>
    <message>
        <source>Content t&amp;ype</source>
        <translation>T&amp;ipo de contenido</translation>
    </message>
    <message>
        <source>&amp;Application</source>
        <translation>&amp;Aplicación</translation>
    </message>
    <message>
        <source>&amp;When</source>
        <translation>C&amp;uándo</translation>
    </message>
    <message>
        <source>Time to &amp;live</source>
        <translation>Tiempo de &amp;vida</translation>
    </message>
    <message>
        <source>P&amp;riority</source>
        <translation>P&amp;rioridad</translation>
    </message>
    <message>
        <source>S&amp;IR mode</source>
        <translation>&amp;Modo del SIR</translation>
    </message>
    <message>
        <source>Ask for con&amp;firmation</source>
        <translation>Pedir con&amp;firmación</translation>
    </message>
    <message>
        <source>The application on the device, or the person before it, is to say that it has it.</source>
        <translation>La aplicación del dispositivo, o la persona que lo usa, debe decir que lo tiene.</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>0 s: now or never</source>
        <translation>0 s: ahora o nunca</translation>
    </message>
    <message>
        <source>by policy</source>
        <translation>según la política</translation>
    </message>
    <message numerus="yes">
        <source>%n octet(s)</source>
        <translation>
            <numerusform>%n octeto</numerusform>
            <numerusform>%n octetos</numerusform>
        </translation>
    </message>
    <message>
        <source>Dropped unless the device is connected at that moment.</source>
        <translation>Se descarta si el dispositivo no está conectado en ese momento.</translation>
    </message>
    <message>
        <source>Waits for the device up to %1.</source>
        <translation>Espera al dispositivo hasta %1.</translation>
    </message>
    <message>
        <source>%1, with the variables %2</source>
        <translation>%1, con las variables %2</translation>
    </message>
</context>
<context>
    <name>reveille::Confirmation</name>
    <message>
        <source>Please confirm</source>
        <translation>Confirme, por favor</translation>
    </message>
    <message>
        <source>Do not ask again</source>
        <translation>No preguntar de nuevo</translation>
    </message>
</context>
<context>
    <name>reveille::ConnectionModel</name>
    <message numerus="yes">
        <source>%Ln probe(s) lost</source>
        <translation>
            <numerusform>%Ln sondeo perdido</numerusform>
            <numerusform>%Ln sondeos perdidos</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, gone</source>
        <comment>a path kept for its history</comment>
        <translation>%1, ya no está</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nunca</translation>
    </message>
    <message>
        <source>every %1</source>
        <translation>cada %1</translation>
    </message>
    <message>
        <source>none asked</source>
        <translation>no se pide</translation>
    </message>
    <message>
        <source>There is no path any more; it is kept for its history.</source>
        <translation>Ya no hay camino; se conserva por su historia.</translation>
    </message>
    <message>
        <source>After %1 of silence the path is probed.</source>
        <translation>Tras %1 de silencio se sondea el camino.</translation>
    </message>
    <message>
        <source>Connection %1 from %2, %3</source>
        <translation>Conexión %1 desde %2, %3</translation>
    </message>
    <message>
        <source>Protocol and transport</source>
        <translation>Protocolo y transporte</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Conexión</translation>
    </message>
    <message>
        <source>Whether this path works</source>
        <translation>Si este camino funciona</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Where the device is seen</source>
        <translation>Dónde se ve al dispositivo</translation>
    </message>
    <message>
        <source>Peer</source>
        <translation>Extremo</translation>
    </message>
    <message>
        <source>Time since the last packet</source>
        <translation>Tiempo desde el último paquete</translation>
    </message>
    <message>
        <source>Heard</source>
        <translation>Oído</translation>
    </message>
    <message>
        <source>When the path last worked both ways</source>
        <translation>Cuándo funcionó el camino por última vez en ambos sentidos</translation>
    </message>
    <message>
        <source>Last proof</source>
        <translation>Última prueba</translation>
    </message>
    <message>
        <source>How often the device was told to show that it is there</source>
        <translation>Cada cuánto se pidió al dispositivo mostrar que está ahí</translation>
    </message>
    <message>
        <source>Keep-alive</source>
        <translation>Mantenimiento de conexión</translation>
    </message>
    <message>
        <source>When the path is judged anew if nothing is heard</source>
        <translation>Cuándo se juzga de nuevo el camino si no se oye nada</translation>
    </message>
    <message>
        <source>Next deadline</source>
        <translation>Próximo plazo</translation>
    </message>
    <message>
        <source>When its registration runs out</source>
        <translation>Cuándo vence su registro</translation>
    </message>
    <message>
        <source>Registered until</source>
        <translation>Registrado hasta</translation>
    </message>
    <message>
        <source>The application and the session of it that this path belongs to</source>
        <translation>La aplicación, y la sesión de ella, a la que pertenece este camino</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Aplicación</translation>
    </message>
    <message>
        <source>Where the server listens</source>
        <translation>Dónde escucha el servidor</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>Local</translation>
    </message>
    <message>
        <source>What put it into its state</source>
        <translation>Qué lo puso en su estado</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Por qué</translation>
    </message>
</context>
<context>
    <name>reveille::ConnectionsPage</name>
    <message>
        <source>Connections</source>
        <translation>Conexiones</translation>
    </message>
    <message>
        <source>One row a path between the server and this device, of every kind. A grey row is a path that is gone and kept for its history. Hover over a state to read why it is so.</source>
        <translation>Una fila por camino entre el servidor y este dispositivo, de cualquier tipo. Una fila gris es un camino que ya no está y se conserva por su historia. Pase el puntero por un estado para leer por qué es así.</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>Ninguna conexión</translation>
    </message>
    <message>
        <source>The device has no path to the server, and none is remembered. Wake it, or let it register.</source>
        <translation>El dispositivo no tiene camino al servidor, ni se recuerda ninguno. Actívelo, o deje que se registre.</translation>
    </message>
    <message>
        <source>Copy the connection</source>
        <translation>Copiar la conexión</translation>
    </message>
    <message numerus="yes">
        <source>%Ln probe(s) lost</source>
        <translation>
            <numerusform>%Ln sondeo perdido</numerusform>
            <numerusform>%Ln sondeos perdidos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln address change(s)</source>
        <translation>
            <numerusform>%Ln cambio de dirección</numerusform>
            <numerusform>%Ln cambios de dirección</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln push(es) missed</source>
        <translation>
            <numerusform>%Ln push sin respuesta</numerusform>
            <numerusform>%Ln push sin respuesta</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln wake-up message(s)</source>
        <translation>
            <numerusform>%Ln mensaje de activación</numerusform>
            <numerusform>%Ln mensajes de activación</numerusform>
        </translation>
    </message>
    <message>
        <source>Since the server started: %1</source>
        <translation>Desde el arranque del servidor: %1</translation>
    </message>
    <message>
        <source>Show its &amp;journal</source>
        <translation>Mostrar su &amp;diario</translation>
    </message>
    <message>
        <source>&amp;Probe now</source>
        <translation>&amp;Sondear ahora</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copiar</translation>
    </message>
    <message>
        <source>De&amp;register</source>
        <translation>Dar de &amp;baja</translation>
    </message>
</context>
<context>
    <name>reveille::Csv</name>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>Archivos CSV (*.csv)</translation>
    </message>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>No se pudo escribir %1: %2</translation>
    </message>
</context>
<context>
    <name>reveille::DeviceDialog</name>
    <message>
        <source>Add a device</source>
        <translation>Añadir un dispositivo</translation>
    </message>
    <message>
        <source>Change %1</source>
        <translation>Cambiar %1</translation>
    </message>
    <message>
        <source>&amp;Identifier</source>
        <translation>&amp;Identificador</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>&amp;Usuario</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nombre</translation>
    </message>
    <message>
        <source>&amp;Phone number</source>
        <translation>Número de &amp;teléfono</translation>
    </message>
    <message>
        <source>Client p&amp;ort</source>
        <translation>&amp;Puerto de cliente</translation>
    </message>
    <message>
        <source>Wake-up &amp;routes</source>
        <translation>&amp;Rutas de activación</translation>
    </message>
    <message>
        <source>Tried in this order. What the device itself says at registration goes first.</source>
        <translation>Se prueban en este orden. Lo que dice el propio dispositivo al registrarse va primero.</translation>
    </message>
    <message>
        <source>This device is there already.</source>
        <translation>Este dispositivo ya está.</translation>
    </message>
    <message>
        <source>adding %1</source>
        <translation>alta de %1</translation>
    </message>
    <message>
        <source>change of %1</source>
        <translation>cambio de %1</translation>
    </message>
    <message>
        <source>&amp;Woken by itself</source>
        <translation>Se acti&amp;va solo</translation>
    </message>
    <message>
        <source>D&amp;evice</source>
        <translation>Disp&amp;ositivo</translation>
    </message>
    <message>
        <source>Pre&amp;ferences</source>
        <translation>Pre&amp;ferencias</translation>
    </message>
    <message>
        <source>Something is wrong there.</source>
        <translation>Ahí hay algo mal.</translation>
    </message>
    <message>
        <source>What is marked as wrong has to be put right first.</source>
        <translation>Antes hay que corregir lo que está marcado como erróneo.</translation>
    </message>
</context>
<context>
    <name>reveille::DevicePage</name>
    <message>
        <source>Verdict</source>
        <translation>Veredicto</translation>
    </message>
    <message>
        <source>Send push</source>
        <translation>Enviar push</translation>
    </message>
    <message>
        <source>Write a push for this device (Ctrl+N)</source>
        <translation>Escribe un push para este dispositivo (Ctrl+N)</translation>
    </message>
    <message>
        <source>Wake…</source>
        <translation>Activar…</translation>
    </message>
    <message>
        <source>Wake this device by hand (Ctrl+W)</source>
        <translation>Activa este dispositivo a mano (Ctrl+W)</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Editar…</translation>
    </message>
    <message>
        <source>Change what is provisioned for this device (F2)</source>
        <translation>Cambia lo provisionado para este dispositivo (F2)</translation>
    </message>
    <message>
        <source>Pushes of this device</source>
        <translation>Push de este dispositivo</translation>
    </message>
    <message>
        <source>&amp;Overview</source>
        <translation>&amp;Resumen</translation>
    </message>
    <message>
        <source>&amp;Connections</source>
        <translation>&amp;Conexiones</translation>
    </message>
    <message>
        <source>&amp;Pushes</source>
        <translation>&amp;Push</translation>
    </message>
    <message>
        <source>Wake-&amp;ups</source>
        <translation>&amp;Activaciones</translation>
    </message>
    <message>
        <source>port %1</source>
        <translation>puerto %1</translation>
    </message>
    <message>
        <source>&amp;Messages</source>
        <translation>&amp;Mensajes</translation>
    </message>
    <message>
        <source>Wai&amp;ting</source>
        <translation>En &amp;espera</translation>
    </message>
    <message>
        <source>Wai&amp;ting (%L1)</source>
        <translation>En &amp;espera (%L1)</translation>
    </message>
    <message>
        <source>Injected faults</source>
        <translation>Fallos provocados</translation>
    </message>
    <message>
        <source>Injected fault: %1 · ends in %2</source>
        <translation>Fallo provocado: %1 · termina en %2</translation>
    </message>
</context>
<context>
    <name>reveille::DevicePreferences</name>
    <message>
        <source>&amp;Accepts pushes</source>
        <translation>&amp;Acepta push</translation>
    </message>
    <message>
        <source>&amp;Preferred device</source>
        <translation>Dispositivo &amp;preferido</translation>
    </message>
    <message>
        <source>&amp;Quiet hours</source>
        <translation>&amp;Horas de silencio</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Desde</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Hasta</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguno</translation>
    </message>
    <message>
        <source>UTC</source>
        <translation>UTC</translation>
    </message>
    <message>
        <source>What the quiet hours hold</source>
        <translation>Qué retienen las horas de silencio</translation>
    </message>
    <message>
        <source>Comes first where a push goes to only one of the user&apos;s devices.</source>
        <translation>Va primero cuando un push va a uno solo de los dispositivos del usuario.</translation>
    </message>
    <message>
        <source>P&amp;lace in the fallback order</source>
        <translation>Pues&amp;to en el orden de reserva</translation>
    </message>
    <message>
        <source>Pushes that can wait do so until these are over, and do not wake the device. What is now or never fails meanwhile.</source>
        <translation>Los push que pueden esperar lo hacen hasta que pasen, y no activan el dispositivo. Los que son ahora o nunca fallan entretanto.</translation>
    </message>
    <message>
        <source>u&amp;ntil</source>
        <translation>ha&amp;sta</translation>
    </message>
    <message>
        <source>F&amp;rom</source>
        <translation>D&amp;esde</translation>
    </message>
    <message>
        <source>Time &amp;zone</source>
        <translation>&amp;Zona horaria</translation>
    </message>
    <message>
        <source>Of the device. Write a city to find it; empty is UTC.</source>
        <translation>La del dispositivo. Escriba una ciudad para encontrarla; vacía es UTC.</translation>
    </message>
    <message>
        <source>Unticked, no push goes to this device.</source>
        <translation>Sin marcar, ningún push va a este dispositivo.</translation>
    </message>
    <message>
        <source>No push goes to this device, whatever stands below.</source>
        <translation>Ningún push va a este dispositivo, diga lo que diga el resto.</translation>
    </message>
    <message>
        <source>Of no account while it is the preferred device: that comes first.</source>
        <translation>No cuenta mientras sea el dispositivo preferido, que va primero.</translation>
    </message>
    <message>
        <source>Tried in this order, 1 before 2; devices without a place come last.</source>
        <translation>Se prueban en este orden, 1 antes que 2; los que no tienen puesto van al final.</translation>
    </message>
    <message>
        <source>Twice the same time holds nothing. To hold nothing, untick “%1”.</source>
        <translation>Dos veces la misma hora no retiene nada. Para no retener nada, desmarque «%1».</translation>
    </message>
    <message>
        <source>No quiet hours: nothing is held.</source>
        <translation>Sin horas de silencio: no se retiene nada.</translation>
    </message>
</context>
<context>
    <name>reveille::ExplanationView</name>
    <message>
        <source>Who will get it, and why</source>
        <translation>Quién lo recibirá y por qué</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>Qué ocurrirá</translation>
    </message>
    <message>
        <source>Nobody gets it: the user has no device.</source>
        <translation>Nadie lo recibe: el usuario no tiene ningún dispositivo.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n device(s) get it.</source>
        <translation>
            <numerusform>Lo recibe %1 de %n dispositivo.</numerusform>
            <numerusform>Lo reciben %1 de %n dispositivos.</numerusform>
        </translation>
    </message>
    <message>
        <source>To change it: %1.</source>
        <translation>Para cambiarlo: %1.</translation>
    </message>
    <message>
        <source>It is %1 %2.</source>
        <comment>a connection, its path and peer</comment>
        <translation>Es %1 %2.</translation>
    </message>
    <message>
        <source>The first way is %1.</source>
        <translation>La primera vía es %1.</translation>
    </message>
</context>
<context>
    <name>reveille::FieldTreeModel</name>
    <message>
        <source>Field</source>
        <translation>Campo</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valor</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>Posición</translation>
    </message>
    <message>
        <source>Octets</source>
        <translation>Octetos</translation>
    </message>
</context>
<context>
    <name>reveille::FieldView</name>
    <message>
        <source>Decoded fields</source>
        <translation>Campos descodificados</translation>
    </message>
    <message>
        <source>Copy octets</source>
        <translation>Copiar octetos</translation>
    </message>
    <message>
        <source>Copy as hexadecimal</source>
        <translation>Copiar en hexadecimal</translation>
    </message>
    <message numerus="yes">
        <source>%n octet(s)</source>
        <translation>
            <numerusform>%n octeto</numerusform>
            <numerusform>%n octetos</numerusform>
        </translation>
    </message>
    <message>
        <source>octet %1</source>
        <translation>octeto %1</translation>
    </message>
    <message>
        <source>octets %1 to %2, %3 in all</source>
        <translation>octetos %1 a %2, %3 en total</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>field: place</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>As &amp;hexadecimal</source>
        <translation>En &amp;hexadecimal</translation>
    </message>
    <message>
        <source>As &amp;base64</source>
        <translation>En &amp;base64</translation>
    </message>
    <message>
        <source>As &amp;C array</source>
        <translation>Como matriz de &amp;C</translation>
    </message>
    <message>
        <source>Copy &amp;value of the field</source>
        <translation>Copiar el &amp;valor del campo</translation>
    </message>
</context>
<context>
    <name>reveille::Help</name>
    <message>
        <source>Public user ID</source>
        <translation>Id. público de usuario</translation>
    </message>
    <message>
        <source>The address people know: sip:alice@lab.example or tel:+49…</source>
        <translation>La dirección que la gente conoce: sip:alice@lab.example o tel:+49…</translation>
    </message>
    <message>
        <source>Device identity</source>
        <translation>Identidad del dispositivo</translation>
    </message>
    <message>
        <source>What tells one device of a user from another: a UUID, an IMEI, a MAC address …</source>
        <translation>Lo que distingue un dispositivo de un usuario de otro: un UUID, un IMEI, una dirección MAC…</translation>
    </message>
    <message>
        <source>Pinhole</source>
        <translation>Abertura (NAT)</translation>
    </message>
    <message>
        <source>A temporary opening in a firewall or NAT for return traffic. It closes when nothing is sent.</source>
        <translation>Una abertura temporal en un cortafuegos o NAT para el tráfico de vuelta. Se cierra cuando no se envía nada.</translation>
    </message>
    <message>
        <source>SIR</source>
        <translation>SIR</translation>
    </message>
    <message>
        <source>Session Initiation Request: asks a device, over another bearer, to connect to the server.</source>
        <translation>Session Initiation Request: pide a un dispositivo, por otra portadora, que se conecte al servidor.</translation>
    </message>
    <message>
        <source>Bearer</source>
        <translation>Portadora</translation>
    </message>
    <message>
        <source>A way to reach a terminal out of band, such as a WSP push in a UDP datagram.</source>
        <translation>Una vía para alcanzar un terminal fuera de banda, como un push WSP en un datagrama UDP.</translation>
    </message>
    <message>
        <source>Proof</source>
        <translation>Prueba</translation>
    </message>
    <message>
        <source>The device answered something we sent. A packet alone proves only the way in.</source>
        <translation>El dispositivo respondió a algo que enviamos. Un paquete por sí solo prueba únicamente el sentido de entrada.</translation>
    </message>
    <message>
        <source>What you see</source>
        <translation>Lo que se ve</translation>
    </message>
    <message>
        <source>Left, the subscribers: users, their devices, and the connections of each. Choose one, and every region follows. Below, the journal: open a row to see its fields beside its bytes.</source>
        <translation>A la izquierda, los abonados: usuarios, sus dispositivos y las conexiones de cada uno. Elija uno y todas las zonas lo siguen. Abajo, el diario: abra una fila para ver sus campos junto a sus octetos.</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Palabras</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Ayuda</translation>
    </message>
    <message>
        <source>Send what the composer holds</source>
        <translation>Enviar lo que contiene el editor</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Atajos de teclado</translation>
    </message>
    <message>
        <source>A push server that gets a message to a device even when the device has gone quiet, and the console in which people see it happen.</source>
        <translation>Un servidor push que hace llegar un mensaje a un dispositivo aunque este haya quedado en silencio, y la consola en la que se ve cómo ocurre.</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later.</source>
        <translation>Software libre bajo la Licencia Pública General de GNU, versión 3 o posterior.</translation>
    </message>
    <message>
        <source>About Reveille</source>
        <translation>Acerca de Reveille</translation>
    </message>
    <message>
        <source>Keep-alive</source>
        <translation>Mantenimiento de conexión</translation>
    </message>
    <message>
        <source>A small packet a device sends so that its pinhole stays open. How often it is told, the server learns for each network.</source>
        <translation>Un paquete pequeño que envía un dispositivo para que su abertura (NAT) siga abierta. Cada cuánto, el servidor lo aprende de cada red.</translation>
    </message>
    <message>
        <source>Lifeline</source>
        <translation>Línea de vida</translation>
    </message>
    <message>
        <source>The life of a device on a time axis: the higher the band, the better it could be reached; ticks are packets, marks are what happened. Hover for the facts, click for the journal of that moment, and press ? beside it for the legend.</source>
        <translation>La vida de un dispositivo sobre un eje de tiempo: cuanto más alta la banda, mejor se le podía alcanzar; las rayas son paquetes, las marcas lo que ocurrió. Pase el puntero para ver los hechos, pulse para ver el diario de ese momento, y pulse ? al lado para ver la leyenda.</translation>
    </message>
    <message>
        <source>Learned network</source>
        <translation>Red aprendida</translation>
    </message>
    <message>
        <source>Addresses behind the same firewalls, and how long these keep a quiet path open, found out with test paths that cost no live path anything.</source>
        <translation>Direcciones tras los mismos cortafuegos, y cuánto mantienen estos abierto un camino en silencio, averiguado con caminos de prueba que no cuestan nada a ningún camino en uso.</translation>
    </message>
    <message>
        <source>A device page answers three questions in this order: what is the state, how do we know, and what were the bytes. Its lifeline shows how that came about: wheel and + − zoom, dragging moves, Ctrl+T makes a table of it. Ctrl+Shift+L shows what was learned of each network.</source>
        <translation>La página de un dispositivo responde a tres preguntas en este orden: cuál es el estado, cómo lo sabemos y cuáles fueron los bytes. Su línea de vida muestra cómo se llegó a eso: la rueda y + − acercan y alejan, arrastrar mueve, Ctrl+T la convierte en tabla. Ctrl+Shift+L muestra lo aprendido de cada red.</translation>
    </message>
    <message>
        <source>Variable</source>
        <translation>Variable</translation>
    </message>
    <message>
        <source>{{name}} in a push; something else stands in its place when it is sent. {{user}}, {{device}}, {{number}}, {{time}}, {{counter}} and {{uuid}} fill themselves in.</source>
        <translation>{{name}} en un push; al enviarlo, otra cosa ocupa su lugar. {{user}}, {{device}}, {{number}}, {{time}}, {{counter}} y {{uuid}} se rellenan solas.</translation>
    </message>
    <message>
        <source>Send a push with Ctrl+N and Ctrl+Enter; wake the selected devices with Ctrl+W. Ctrl+S keeps a push in the trigger library, F6 sends it again, Ctrl+Shift+M sends to many. Ctrl+Shift+A shows every push and Ctrl+Shift+W every wake-up with its states moving, Ctrl+Shift+B the bearers and how they are. Ctrl+K finds every command.</source>
        <translation>Envíe con Ctrl+N y Ctrl+Intro; active los dispositivos seleccionados con Ctrl+W. Ctrl+S guarda un push en la biblioteca de disparadores, F6 lo envía otra vez, Ctrl+Shift+M envía a muchos. Ctrl+Shift+A muestra cada push y Ctrl+Shift+W cada activación con sus estados en marcha, Ctrl+Shift+B las portadoras y cómo están. Ctrl+K encuentra cada orden.</translation>
    </message>
    <message>
        <source>Injected fault</source>
        <translation>Fallo provocado</translation>
    </message>
    <message>
        <source>Wake-ups or pushes dropped, delayed, doubled or rejected on purpose (Ctrl+Shift+J), to see what comes of it. The window is red across while one is in force.</source>
        <translation>Activaciones o envíos descartados, retrasados, duplicados o rechazados a propósito (Ctrl+Mayús+J), para ver qué ocurre. La ventana tiene una franja roja mientras hay alguno en vigor.</translation>
    </message>
</context>
<context>
    <name>reveille::HexView</name>
    <message>
        <source>Octets in hexadecimal</source>
        <translation>Octetos en hexadecimal</translation>
    </message>
    <message numerus="yes">
        <source>%n octet(s)</source>
        <translation>
            <numerusform>%n octeto</numerusform>
            <numerusform>%n octetos</numerusform>
        </translation>
    </message>
    <message>
        <source>No octets</source>
        <translation>Sin octetos</translation>
    </message>
</context>
<context>
    <name>reveille::ImportDialog</name>
    <message>
        <source>Import subscribers from %1</source>
        <translation>Importar abonados de %1</translation>
    </message>
    <message>
        <source>What would come of it</source>
        <translation>Qué resultaría</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progreso</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Línea</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Columna</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Resultado</translation>
    </message>
    <message>
        <source>Why, or what</source>
        <translation>Por qué, o qué</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Filas</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importar</translation>
    </message>
    <message>
        <source>Checking %1…</source>
        <translation>Comprobando %1…</translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation>Importando…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Parar</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Nothing more was imported. %1</source>
        <translation>No se importó nada más. %1</translation>
    </message>
    <message>
        <source>%L1 new, %L2 changed, %L3 as they are</source>
        <translation>%L1 nuevos, %L2 cambiados, %L3 sin cambios</translation>
    </message>
    <message>
        <source>The file cannot be read, so nothing of it can be imported.</source>
        <translation>El archivo no se puede leer, así que no se puede importar nada de él.</translation>
    </message>
    <message>
        <source>Stopped. What was imported before stays; the same file can be imported again.</source>
        <translation>Parado. Lo importado hasta ahora se conserva; se puede importar otra vez el mismo archivo.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) imported.</source>
        <translation>
            <numerusform>%Ln fila importada.</numerusform>
            <numerusform>%Ln filas importadas.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) can be imported.</source>
        <translation>
            <numerusform>Se puede importar %Ln fila.</numerusform>
            <numerusform>Se pueden importar %Ln filas.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) are bad and left out.</source>
        <translation>
            <numerusform>%Ln fila es errónea y queda fuera.</numerusform>
            <numerusform>%Ln filas son erróneas y quedan fuera.</numerusform>
        </translation>
    </message>
    <message>
        <source>Users: %1.</source>
        <translation>Usuarios: %1.</translation>
    </message>
    <message>
        <source>Devices: %1.</source>
        <translation>Dispositivos: %1.</translation>
    </message>
    <message numerus="yes">
        <source>Import the %Ln good row(s)</source>
        <translation>
            <numerusform>Importar la %Ln fila correcta</numerusform>
            <numerusform>Importar las %Ln filas correctas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import %Ln row(s)</source>
        <translation>
            <numerusform>Importar %Ln fila</numerusform>
            <numerusform>Importar %Ln filas</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>✕ bad</source>
        <translation>✕ errónea</translation>
    </message>
    <message>
        <source>+ new</source>
        <translation>+ nueva</translation>
    </message>
    <message>
        <source>~ changed</source>
        <translation>~ cambiada</translation>
    </message>
</context>
<context>
    <name>reveille::JournalModel</name>
    <message>
        <source>Time</source>
        <translation>Hora</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Clase</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Suceso</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Quién</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>Operación</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalles</translation>
    </message>
</context>
<context>
    <name>reveille::JournalPanel</name>
    <message>
        <source>Show only: %1</source>
        <translation>Mostrar solo: %1</translation>
    </message>
    <message>
        <source>Show everything again</source>
        <translation>Mostrarlo todo de nuevo</translation>
    </message>
    <message>
        <source>Time range</source>
        <translation>Intervalo de tiempo</translation>
    </message>
    <message>
        <source>any time</source>
        <translation>cualquier hora</translation>
    </message>
    <message>
        <source>last 5 minutes</source>
        <translation>últimos 5 minutos</translation>
    </message>
    <message>
        <source>last hour</source>
        <translation>última hora</translation>
    </message>
    <message>
        <source>last day</source>
        <translation>último día</translation>
    </message>
    <message>
        <source>Filter by text</source>
        <translation>Filtrar por texto</translation>
    </message>
    <message>
        <source>Filter the journal by text</source>
        <translation>Filtra el diario por texto</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Seguir</translation>
    </message>
    <message>
        <source>Show new rows as they come (Ctrl+L)</source>
        <translation>Muestra las filas nuevas según llegan (Ctrl+L)</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Diario</translation>
    </message>
    <message>
        <source>Nothing in the journal</source>
        <translation>No hay nada en el diario</translation>
    </message>
    <message>
        <source>Registrations, losses, wake-ups, SIRs and pushes are written down here as they happen.</source>
        <translation>Aquí se anotan, según ocurren, los registros, las pérdidas, las activaciones, los SIR y los push.</translation>
    </message>
    <message>
        <source>Only %1; press to show everything</source>
        <translation>Solo %1; pulse para mostrarlo todo</translation>
    </message>
    <message>
        <source>reading…</source>
        <translation>leyendo…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln new row(s)</source>
        <translation>
            <numerusform>%Ln fila nueva</numerusform>
            <numerusform>%Ln filas nuevas</numerusform>
        </translation>
    </message>
    <message>
        <source>newest %L1 rows</source>
        <translation>las %L1 filas más nuevas</translation>
    </message>
    <message>
        <source>Nothing fits these filters</source>
        <translation>Nada encaja con estos filtros</translation>
    </message>
    <message>
        <source>Take a filter away to see more.</source>
        <translation>Quite un filtro para ver más.</translation>
    </message>
    <message>
        <source>Export the journal rows shown</source>
        <translation>Exportar las filas del diario que se muestran</translation>
    </message>
    <message>
        <source>Show every time again</source>
        <translation>Volver a mostrar todo el tiempo</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 a %2</translation>
    </message>
    <message>
        <source>Only %1; press to show every time</source>
        <translation>Solo %1; pulse para mostrar todo el tiempo</translation>
    </message>
</context>
<context>
    <name>reveille::LifelineLegend</name>
    <message>
        <source>What the lifeline shows</source>
        <translation>Qué muestra la línea de vida</translation>
    </message>
</context>
<context>
    <name>reveille::LifelineModel</name>
    <message>
        <source>%1, %2 to %3, %4</source>
        <translation>%1, de %2 a %3, %4</translation>
    </message>
    <message>
        <source>%1 since %2, %3</source>
        <translation>%1 desde las %2, %3</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>y %n más</numerusform>
            <numerusform>y %n más</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 since %2</source>
        <translation>%1 desde las %2</translation>
    </message>
    <message numerus="yes">
        <source>%n packet(s) in</source>
        <translation>
            <numerusform>%n paquete de entrada</numerusform>
            <numerusform>%n paquetes de entrada</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n packet(s) out</source>
        <translation>
            <numerusform>%n paquete de salida</numerusform>
            <numerusform>%n paquetes de salida</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n address change(s)</source>
        <translation>
            <numerusform>%n cambio de dirección</numerusform>
            <numerusform>%n cambios de dirección</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n probe(s) lost</source>
        <translation>
            <numerusform>%n sondeo perdido</numerusform>
            <numerusform>%n sondeos perdidos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n push(es) missed</source>
        <translation>
            <numerusform>%n push sin respuesta</numerusform>
            <numerusform>%n push sin respuesta</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wake-up message(s)</source>
        <translation>
            <numerusform>%n mensaje de activación</numerusform>
            <numerusform>%n mensajes de activación</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is known of this time.</source>
        <translation>De este tiempo no se sabe nada.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Hora</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Qué</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Sobre</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Cantidad</translation>
    </message>
</context>
<context>
    <name>reveille::LifelineStrip</name>
    <message>
        <source>Lifeline</source>
        <translation>Línea de vida</translation>
    </message>
    <message>
        <source>The life of the device. Bands: how reachable it was. Ticks: packets, in above, out below. Wheel and + − zoom, dragging and arrow keys move, End follows now again. Ctrl with arrow keys goes from mark to mark; a click or Return shows the journal of that moment.</source>
        <translation>La vida del dispositivo. Bandas: cuán alcanzable era. Rayas: paquetes, arriba los de entrada, abajo los de salida. La rueda y + − acercan y alejan, arrastrar y las flechas mueven, Fin vuelve a seguir el presente. Ctrl con las flechas va de marca en marca; un clic o Intro muestra el diario de ese momento.</translation>
    </message>
    <message>
        <source>Nothing is known of this time.</source>
        <translation>De este tiempo no se sabe nada.</translation>
    </message>
    <message>
        <source>It had not registered.</source>
        <translation>No se había registrado.</translation>
    </message>
</context>
<context>
    <name>reveille::LifelineView</name>
    <message>
        <source>10 min</source>
        <translation>10 min</translation>
    </message>
    <message>
        <source>Show the last ten minutes</source>
        <translation>Mostrar los últimos diez minutos</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 h</translation>
    </message>
    <message>
        <source>Show the last hour</source>
        <translation>Mostrar la última hora</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 día</translation>
    </message>
    <message>
        <source>Show the last day</source>
        <translation>Mostrar el último día</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Ahora</translation>
    </message>
    <message>
        <source>Keep the present at the right end (End)</source>
        <translation>Mantener el presente en el extremo derecho (Fin)</translation>
    </message>
    <message>
        <source>Show less time, larger (+)</source>
        <translation>Mostrar menos tiempo, más grande (+)</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Acercar</translation>
    </message>
    <message>
        <source>Show more time, smaller (−)</source>
        <translation>Mostrar más tiempo, más pequeño (−)</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Alejar</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabla</translation>
    </message>
    <message>
        <source>Show the same as a table (Ctrl+T)</source>
        <translation>Mostrar lo mismo como tabla (Ctrl+T)</translation>
    </message>
    <message>
        <source>What the bands and marks mean</source>
        <translation>Qué significan las bandas y las marcas</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>Leyenda</translation>
    </message>
    <message>
        <source>Copy as &amp;text</source>
        <translation>Copiar como &amp;texto</translation>
    </message>
    <message>
        <source>Lifeline as a table</source>
        <translation>Línea de vida como tabla</translation>
    </message>
</context>
<context>
    <name>reveille::MainWindow</name>
    <message>
        <source>Reveille</source>
        <translation>Reveille</translation>
    </message>
    <message>
        <source>Nothing is selected</source>
        <translation>No hay nada seleccionado</translation>
    </message>
    <message>
        <source>Choose a user or a device on the left to see how it is, how we know, and the bytes.</source>
        <translation>Elija a la izquierda un usuario o un dispositivo para ver cómo está, cómo lo sabemos y los octetos.</translation>
    </message>
    <message>
        <source>Play the demo</source>
        <translation>Reproducir la demostración</translation>
    </message>
    <message>
        <source>Add user…</source>
        <translation>Añadir usuario…</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Herramientas</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Servidor</translation>
    </message>
    <message>
        <source>The demo could not start.</source>
        <translation>La demostración no pudo empezar.</translation>
    </message>
    <message>
        <source>Subscribers</source>
        <translation>Abonados</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Diario</translation>
    </message>
    <message>
        <source>Send push</source>
        <translation>Enviar push</translation>
    </message>
    <message>
        <source>times in %1</source>
        <translation>horas en %1</translation>
    </message>
    <message>
        <source>● Serving · %1</source>
        <translation>● En servicio · %1</translation>
    </message>
    <message>
        <source>Copy this address</source>
        <translation>Copiar esta dirección</translation>
    </message>
    <message>
        <source>◐ Starting…</source>
        <translation>◐ Iniciando…</translation>
    </message>
    <message>
        <source>◐ Stopping…</source>
        <translation>◐ Deteniendo…</translation>
    </message>
    <message>
        <source>✕ Not serving</source>
        <translation>✕ Sin servicio</translation>
    </message>
    <message>
        <source>○ Stopped</source>
        <translation>○ Detenido</translation>
    </message>
    <message>
        <source>Where the server listens; click an address to copy it</source>
        <translation>Dónde escucha el servidor; pulse una dirección para copiarla</translation>
    </message>
    <message>
        <source>The server could not start: %1</source>
        <translation>El servidor no pudo iniciarse: %1</translation>
    </message>
    <message>
        <source>Another program listens there, perhaps another Reveille. End it and try again, or use any free port.</source>
        <translation>Otro programa escucha ahí, quizá otro Reveille. Ciérrelo e inténtelo de nuevo, o use cualquier puerto libre.</translation>
    </message>
    <message>
        <source>Put that right and try again.</source>
        <translation>Corríjalo e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Intentar de nuevo</translation>
    </message>
    <message>
        <source>Use any free port</source>
        <translation>Usar cualquier puerto libre</translation>
    </message>
    <message numerus="yes">
        <source>%Ln user(s)</source>
        <translation>
            <numerusform>%Ln usuario</numerusform>
            <numerusform>%Ln usuarios</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln device(s)</source>
        <translation>
            <numerusform>%Ln dispositivo</numerusform>
            <numerusform>%Ln dispositivos</numerusform>
        </translation>
    </message>
    <message>
        <source>%L1 up</source>
        <translation>%L1 activos</translation>
    </message>
    <message>
        <source>%L1 waking</source>
        <translation>%L1 activándose</translation>
    </message>
    <message>
        <source>%L1 lost</source>
        <translation>%L1 perdidos</translation>
    </message>
    <message numerus="yes">
        <source>%Ln push(es) pending</source>
        <translation>
            <numerusform>%Ln push pendiente</numerusform>
            <numerusform>%Ln push pendientes</numerusform>
        </translation>
    </message>
    <message>
        <source>%L1 delivered</source>
        <translation>%L1 entregados</translation>
    </message>
    <message>
        <source>store %L1 ms</source>
        <translation>almacén %L1 ms</translation>
    </message>
    <message>
        <source>Asking %1 whether it is there…</source>
        <translation>Preguntando a %1 si está ahí…</translation>
    </message>
    <message>
        <source>%1 answered: the path works both ways.</source>
        <translation>%1 respondió: el camino funciona en ambos sentidos.</translation>
    </message>
    <message>
        <source>%1 was probed.</source>
        <translation>%1 fue sondeado.</translation>
    </message>
    <message>
        <source>Deregister %1?</source>
        <translation>¿Anular el registro de %1?</translation>
    </message>
    <message numerus="yes">
        <source>Deregister %n device(s)?</source>
        <translation>
            <numerusform>¿Anular el registro de %n dispositivo?</numerusform>
            <numerusform>¿Anular el registro de %n dispositivos?</numerusform>
        </translation>
    </message>
    <message>
        <source>Its connections are closed and its registration is forgotten. It stays known and can be woken; it may register again at any time.</source>
        <translation>Se cierran sus conexiones y se olvida su registro. Sigue siendo conocido y se le puede activar; puede registrarse de nuevo en cualquier momento.</translation>
    </message>
    <message>
        <source>Deregister</source>
        <translation>Anular el registro</translation>
    </message>
    <message>
        <source>A device could not be deregistered.</source>
        <translation>No se pudo anular el registro de un dispositivo.</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>¿Eliminar %1?</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Eliminar</translation>
    </message>
    <message>
        <source>%1 could not be removed.</source>
        <translation>No se pudo eliminar %1.</translation>
    </message>
    <message>
        <source>It could not be cancelled.</source>
        <translation>No se pudo cancelar.</translation>
    </message>
    <message>
        <source>Learned networks</source>
        <translation>Redes aprendidas</translation>
    </message>
    <message>
        <source>Bearers</source>
        <translation>Portadoras</translation>
    </message>
    <message>
        <source>Wake-ups</source>
        <translation>Activaciones</translation>
    </message>
    <message>
        <source>Choose a device on the left, or several, and then wake.</source>
        <translation>Elija a la izquierda un dispositivo, o varios, y luego active.</translation>
    </message>
    <message>
        <source>The wake-up could not be repeated.</source>
        <translation>La activación no se pudo repetir.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) exported.</source>
        <translation>
            <numerusform>%Ln fila exportada.</numerusform>
            <numerusform>%Ln filas exportadas.</numerusform>
        </translation>
    </message>
    <message>
        <source>The subscribers could not be exported.</source>
        <translation>No se pudieron exportar los abonados.</translation>
    </message>
    <message>
        <source>&amp;Undo: %1</source>
        <translation>&amp;Deshacer: %1</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Deshacer</translation>
    </message>
    <message>
        <source>&amp;Redo: %1</source>
        <translation>&amp;Rehacer: %1</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Rehacer</translation>
    </message>
    <message>
        <source>It could not be taken back or done again: %1.</source>
        <translation>No se pudo deshacer o rehacer: %1.</translation>
    </message>
    <message>
        <source>Do again: %1?</source>
        <translation>¿Rehacer: %1?</translation>
    </message>
    <message>
        <source>Take back: %1?</source>
        <translation>¿Deshacer: %1?</translation>
    </message>
    <message>
        <source>This removes users or devices with their registrations.</source>
        <translation>Esto elimina usuarios o dispositivos con sus registros.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln users and devices</source>
        <translation>
            <numerusform>%Ln usuario o dispositivo</numerusform>
            <numerusform>%Ln usuarios y dispositivos</numerusform>
        </translation>
    </message>
    <message>
        <source>Their registrations end now, and the wake routes go. Pushes and journal stay. Undo brings back what was provisioned, not the registrations.</source>
        <translation>Sus registros terminan ahora y las rutas de activación desaparecen. Los envíos y el diario se conservan. Deshacer recupera lo aprovisionado, no los registros.</translation>
    </message>
    <message>
        <source>Users go with all their devices; registrations end now. Pushes and journal stay. Undo brings back what was provisioned, not the registrations.</source>
        <translation>Los usuarios se eliminan con todos sus dispositivos; los registros terminan ahora. Los envíos y el diario se conservan. Deshacer recupera lo aprovisionado, no los registros.</translation>
    </message>
    <message>
        <source>removal of %1</source>
        <translation>eliminación de %1</translation>
    </message>
    <message>
        <source>%1 removed. Ctrl+Z brings back what was provisioned.</source>
        <translation>%1 eliminado. Ctrl+Z recupera lo aprovisionado.</translation>
    </message>
    <message>
        <source>Trigger library</source>
        <translation>Biblioteca de disparadores</translation>
    </message>
    <message>
        <source>reveillectl cannot name a session; copy it as an HTTP request.</source>
        <translation>reveillectl no puede nombrar una sesión; cópielo como petición HTTP.</translation>
    </message>
    <message>
        <source>Copied %1 as a command.</source>
        <translation>%1 copiado como orden.</translation>
    </message>
    <message>
        <source>Copied %1. REVEILLE_TOKEN stands where the token belongs.</source>
        <translation>%1 copiado. REVEILLE_TOKEN ocupa el lugar del testigo.</translation>
    </message>
    <message>
        <source>Triggers are not saved</source>
        <translation>Los disparadores no se guardan</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>Escenario</translation>
    </message>
    <message>
        <source>Choose a scenario and play it</source>
        <translation>Elige un escenario y lo reproduce</translation>
    </message>
    <message>
        <source>Choose scenario: %1</source>
        <translation>Elegir escenario: %1</translation>
    </message>
    <message>
        <source>Copied the command that plays the chosen scenario.</source>
        <translation>Se ha copiado la orden que reproduce el escenario elegido.</translation>
    </message>
    <message>
        <source>Scenario: %1 – Reveille</source>
        <translation>Escenario: %1 – Reveille</translation>
    </message>
    <message>
        <source>Scenarios</source>
        <translation>Escenarios</translation>
    </message>
    <message>
        <source>● Scenario · %1</source>
        <translation>● Escenario · %1</translation>
    </message>
    <message>
        <source>Injected faults</source>
        <translation>Fallos provocados</translation>
    </message>
    <message>
        <source>The fault is in force.</source>
        <translation>El fallo está en vigor.</translation>
    </message>
    <message>
        <source>Pushes</source>
        <translation>Push</translation>
    </message>
    <message>
        <source>Choose a push first, among all pushes, those of a device or in the journal.</source>
        <translation>Elija antes un push, entre todos, entre los de un dispositivo o en el diario.</translation>
    </message>
    <message>
        <source>The push could not be read.</source>
        <translation>No se pudo leer el push.</translation>
    </message>
    <message>
        <source>Send the push %1 again?</source>
        <translation>¿Enviar otra vez el push %1?</translation>
    </message>
    <message>
        <source>%1 gets the same content once more, as a push of staff. To change it first, open it in the composer.</source>
        <translation>%1 recibe otra vez el mismo contenido, como push del personal. Para cambiarlo antes, ábralo en el redactor.</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Enviar otra vez</translation>
    </message>
    <message>
        <source>The push %1 could not be sent again.</source>
        <translation>No se pudo enviar otra vez el push %1.</translation>
    </message>
    <message>
        <source>Sent again as %1.</source>
        <translation>Enviado otra vez como %1.</translation>
    </message>
    <message>
        <source>Send again…</source>
        <translation>Enviar de nuevo…</translation>
    </message>
    <message>
        <source>Compose</source>
        <translation>Redactar</translation>
    </message>
</context>
<context>
    <name>reveille::MessagesPage</name>
    <message>
        <source>Messages of this device</source>
        <translation>Mensajes de este dispositivo</translation>
    </message>
    <message>
        <source>No message yet</source>
        <translation>Aún no hay mensajes</translation>
    </message>
    <message>
        <source>What goes to this device and comes from it stands here, byte by byte: pushes and their answers, wake-ups, refused registrations.</source>
        <translation>Aquí está, byte a byte, lo que va a este dispositivo y viene de él: push y sus respuestas, activaciones, registros rechazados.</translation>
    </message>
</context>
<context>
    <name>reveille::NetworkModel</name>
    <message>
        <source>none yet</source>
        <translation>aún nada</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Addresses that share what was learned</source>
        <translation>Direcciones que comparten lo aprendido</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Red</translation>
    </message>
    <message>
        <source>Firewalls keep UDP and TCP for different times</source>
        <translation>Los cortafuegos mantienen UDP y TCP tiempos distintos</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>Transporte</translation>
    </message>
    <message>
        <source>How long a quiet path is expected to stay open</source>
        <translation>Cuánto se espera que siga abierto un camino en silencio</translation>
    </message>
    <message>
        <source>Pinhole stays open</source>
        <translation>Abertura (NAT) dura</translation>
    </message>
    <message>
        <source>How often clients there are told to show that they are there</source>
        <translation>Cada cuánto se pide a los clientes de allí mostrar que están</translation>
    </message>
    <message>
        <source>Keep-alive told</source>
        <translation>Intervalo pedido</translation>
    </message>
    <message>
        <source>How far the estimate can be trusted</source>
        <translation>Hasta qué punto es fiable la estimación</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Confianza</translation>
    </message>
    <message>
        <source>The newest tests and observations it rests on</source>
        <translation>Las pruebas y observaciones más recientes en que se apoya</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Muestras</translation>
    </message>
    <message>
        <source>When the estimate last changed</source>
        <translation>Cuándo cambió la estimación por última vez</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Cambió</translation>
    </message>
</context>
<context>
    <name>reveille::NetworksPage</name>
    <message>
        <source>Forget what was learned…</source>
        <translation>Olvidar lo aprendido…</translation>
    </message>
    <message>
        <source>Filter by network or transport</source>
        <translation>Filtrar por red o transporte</translation>
    </message>
    <message>
        <source>Filter the learned networks</source>
        <translation>Filtrar las redes aprendidas</translation>
    </message>
    <message>
        <source>Learned networks</source>
        <translation>Redes aprendidas</translation>
    </message>
    <message>
        <source>A row for every network and transport: how long its firewalls keep a quiet path open, as far as it was learned, and how often clients there are told to show that they are there.</source>
        <translation>Una fila por red y transporte: cuánto mantienen sus cortafuegos abierto un camino en silencio, hasta donde se aprendió, y cada cuánto se pide a los clientes de allí mostrar que están.</translation>
    </message>
    <message>
        <source>What was learned</source>
        <translation>Lo aprendido</translation>
    </message>
    <message>
        <source>Start learning this network anew</source>
        <translation>Empezar a aprender esta red de nuevo</translation>
    </message>
    <message>
        <source>No network has been learned yet</source>
        <translation>Aún no se ha aprendido ninguna red</translation>
    </message>
    <message>
        <source>While devices are connected, the server finds out how long the firewalls between keep a quiet path open: a device&apos;s own test path stays silent for a while and is then tried, and so is traffic that was due anyway. Live paths are never risked. Connect a device from outside and leave it alone; learning is switched by learn in the section [liveness] of the configuration.</source>
        <translation>Mientras hay dispositivos conectados, el servidor averigua cuánto mantienen abierto un camino en silencio los cortafuegos que hay en medio: un camino de prueba del propio dispositivo calla un tiempo y luego se intenta usar, y lo mismo con el tráfico que tocaba de todos modos. Nunca se arriesgan los caminos en uso. Conecte un dispositivo desde fuera y déjelo tranquilo; el aprendizaje se activa con learn en la sección [liveness] de la configuración.</translation>
    </message>
    <message>
        <source>Export the learned networks</source>
        <translation>Exportar las redes aprendidas</translation>
    </message>
    <message>
        <source>&amp;Copy rows</source>
        <translation>&amp;Copiar filas</translation>
    </message>
    <message>
        <source>&amp;Export as CSV…</source>
        <translation>&amp;Exportar como CSV…</translation>
    </message>
    <message>
        <source>&amp;Forget what was learned…</source>
        <translation>&amp;Olvidar lo aprendido…</translation>
    </message>
    <message>
        <source>%1 over %2</source>
        <translation>%1 por %2</translation>
    </message>
    <message>
        <source>Forget what was learned of %1?</source>
        <translation>¿Olvidar lo aprendido de %1?</translation>
    </message>
    <message>
        <source>Learning starts anew. Until it has a result, clients there are told the fixed interval or none.</source>
        <translation>El aprendizaje empieza de nuevo. Hasta que haya un resultado, a los clientes de allí se les pide el intervalo fijo o ninguno.</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Olvidar</translation>
    </message>
    <message>
        <source>What was learned of %1 could not be forgotten.</source>
        <translation>No se pudo olvidar lo aprendido de %1.</translation>
    </message>
</context>
<context>
    <name>reveille::OverviewPage</name>
    <message>
        <source>Overview of the device</source>
        <translation>Resumen del dispositivo</translation>
    </message>
    <message>
        <source>How we know</source>
        <translation>Cómo lo sabemos</translation>
    </message>
    <message>
        <source>Registered until</source>
        <translation>Registrado hasta</translation>
    </message>
    <message>
        <source>Last packet</source>
        <translation>Último paquete</translation>
    </message>
    <message>
        <source>Last proof</source>
        <translation>Última prueba</translation>
    </message>
    <message>
        <source>Pending pushes</source>
        <translation>Push pendientes</translation>
    </message>
    <message>
        <source>Wake routes</source>
        <translation>Rutas de activación</translation>
    </message>
    <message>
        <source>Device identity</source>
        <translation>Identidad del dispositivo</translation>
    </message>
    <message>
        <source>GRUU</source>
        <translation>GRUU</translation>
    </message>
    <message>
        <source>Phone number, port</source>
        <translation>Número de teléfono, puerto</translation>
    </message>
    <message>
        <source>Capabilities</source>
        <translation>Capacidades</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Preferencias</translation>
    </message>
    <message>
        <source>Applications</source>
        <translation>Aplicaciones</translation>
    </message>
    <message>
        <source>Known since</source>
        <translation>Conocido desde</translation>
    </message>
    <message>
        <source>The last time the device answered something we sent: the path works both ways.</source>
        <translation>La última vez que el dispositivo respondió a algo que enviamos: el camino funciona en ambos sentidos.</translation>
    </message>
    <message>
        <source>The last time anything was heard from the device.</source>
        <translation>La última vez que se oyó algo del dispositivo.</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nunca</translation>
    </message>
    <message>
        <source>It has never registered here.</source>
        <translation>Nunca se ha registrado aquí.</translation>
    </message>
    <message>
        <source>not registered</source>
        <translation>no registrado</translation>
    </message>
    <message>
        <source> (named by the device)</source>
        <translation> (indicada por el dispositivo)</translation>
    </message>
    <message>
        <source> (provisioned)</source>
        <translation> (provisionada)</translation>
    </message>
    <message>
        <source> (implied by its phone number and port)</source>
        <translation> (deducida de su número de teléfono y puerto)</translation>
    </message>
    <message>
        <source> — no bearer can use it</source>
        <translation> — ninguna portadora puede usarla</translation>
    </message>
    <message>
        <source>none: it cannot be woken</source>
        <translation>ninguna: no se le puede activar</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguna</translation>
    </message>
    <message>
        <source>any content type</source>
        <translation>cualquier tipo de contenido</translation>
    </message>
    <message>
        <source>up to %L1 octets</source>
        <translation>hasta %L1 octetos</translation>
    </message>
    <message>
        <source>SIR version %1</source>
        <translation>SIR versión %1</translation>
    </message>
    <message>
        <source>all</source>
        <translation>todas</translation>
    </message>
    <message>
        <source>Told when asked</source>
        <translation>Dicho al preguntar</translation>
    </message>
    <message>
        <source>nothing yet: a wake-up can ask for it</source>
        <translation>nada aún: una activación puede preguntarlo</translation>
    </message>
    <message>
        <source>Woken by itself</source>
        <translation>Se activa solo</translation>
    </message>
    <message>
        <source>Web Push addresses</source>
        <translation>Direcciones Web Push</translation>
    </message>
    <message>
        <source>session %1 only</source>
        <translation>solo la sesión %1</translation>
    </message>
    <message>
        <source>bound to a VAPID key</source>
        <translation>ligada a una clave VAPID</translation>
    </message>
    <message>
        <source>ended %1</source>
        <translation>terminada: %1</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>hasta: %1</translation>
    </message>
</context>
<context>
    <name>reveille::PushLife</name>
    <message>
        <source>&amp;Cancel the push</source>
        <translation>&amp;Cancelar el push</translation>
    </message>
    <message>
        <source>Write &amp;another</source>
        <translation>Escribir &amp;otro</translation>
    </message>
    <message>
        <source>%1 is accepted.</source>
        <translation>%1 está aceptado.</translation>
    </message>
    <message>
        <source>%1: %2 (%3)</source>
        <translation>%1: %2 (%3)</translation>
    </message>
</context>
<context>
    <name>reveille::PushListModel</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2 (%3)</source>
        <translation>%1: %2 (%3)</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Aceptado</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Para</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Aplicación</translation>
    </message>
    <message>
        <source>Content type</source>
        <translation>Tipo de contenido</translation>
    </message>
    <message>
        <source>Octets</source>
        <translation>Octetos</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Válido hasta</translation>
    </message>
    <message>
        <source>Deliveries</source>
        <translation>Entregas</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Id.</translation>
    </message>
</context>
<context>
    <name>reveille::QueueModel</name>
    <message numerus="yes">
        <source>%Ln more device(s)</source>
        <translation>
            <numerusform>%Ln dispositivo más</numerusform>
            <numerusform>%Ln dispositivos más</numerusform>
        </translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>desde %1</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Puesto</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Por qué</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Prioridad</translation>
    </message>
    <message>
        <source>Waiting for</source>
        <translation>Espera desde hace</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Caduca</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Aplicación</translation>
    </message>
    <message>
        <source>Content type</source>
        <translation>Tipo de contenido</translation>
    </message>
    <message>
        <source>Octets</source>
        <translation>Octetos</translation>
    </message>
    <message>
        <source>Also for</source>
        <translation>También para</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Id</translation>
    </message>
</context>
<context>
    <name>reveille::QueuePage</name>
    <message>
        <source>Pushes that wait for this device</source>
        <translation>Push que esperan a este dispositivo</translation>
    </message>
    <message>
        <source>&amp;Cancel chosen…</source>
        <translation>&amp;Cancelar lo elegido…</translation>
    </message>
    <message>
        <source>Sho&amp;w push</source>
        <translation>&amp;Mostrar push</translation>
    </message>
    <message>
        <source>What came of it</source>
        <translation>Qué resultó</translation>
    </message>
    <message>
        <source>Nobody gets the chosen pushes (Delete)</source>
        <translation>Nadie recibe los push elegidos (Supr)</translation>
    </message>
    <message>
        <source>Show the chosen push among all pushes of the device (Enter)</source>
        <translation>Muestra el push elegido entre todos los del dispositivo (Intro)</translation>
    </message>
    <message>
        <source>Send push</source>
        <translation>Enviar push</translation>
    </message>
    <message>
        <source>Nothing waits for this device</source>
        <translation>Nada espera a este dispositivo</translation>
    </message>
    <message>
        <source>A push that cannot be delivered at once waits here, the most urgent first, until the device is back, the push runs out or you cancel it.</source>
        <translation>Un push que no se puede entregar enseguida espera aquí, el más urgente primero, hasta que el dispositivo vuelva, el push caduque o usted lo cancele.</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Cancel %Ln pushes…</source>
        <translation>
            <numerusform>&amp;Cancelar %Ln push…</numerusform>
            <numerusform>&amp;Cancelar %Ln push…</numerusform>
        </translation>
    </message>
    <message>
        <source>The first %L1 are shown.</source>
        <translation>Se muestran los %L1 primeros.</translation>
    </message>
    <message>
        <source>Copy &amp;rows</source>
        <translation>Copiar &amp;filas</translation>
    </message>
    <message>
        <source>The chosen one: %1.</source>
        <translation>El elegido: %1.</translation>
    </message>
</context>
<context>
    <name>reveille::RouteTable</name>
    <message>
        <source>Wake-up routes</source>
        <translation>Rutas de activación</translation>
    </message>
    <message>
        <source>Bearer</source>
        <translation>Portadora</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Dirección</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Puerto</translation>
    </message>
    <message>
        <source>A&amp;dd a route</source>
        <translation>A&amp;ñadir una ruta</translation>
    </message>
    <message>
        <source>Remo&amp;ve the route</source>
        <translation>&amp;Quitar la ruta</translation>
    </message>
</context>
<context>
    <name>reveille::RowsPage</name>
    <message>
        <source>Copy rows</source>
        <translation>Copiar filas</translation>
    </message>
</context>
<context>
    <name>reveille::SampleChart</name>
    <message>
        <source>Samples</source>
        <translation>Muestras</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>cerrado</translation>
    </message>
    <message>
        <source>open</source>
        <translation>abierto</translation>
    </message>
    <message>
        <source>silence; dashed: keep-alive told</source>
        <translation>silencio; a trazos: intervalo pedido</translation>
    </message>
</context>
<context>
    <name>reveille::SaveTriggerDialog</name>
    <message>
        <source>Save as a trigger</source>
        <translation>Guardar como disparador</translation>
    </message>
    <message>
        <source>(no folder)</source>
        <translation>(sin carpeta)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nombre</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Carpeta</translation>
    </message>
    <message>
        <source>A trigger of this name is there; it is replaced.</source>
        <translation>Ya hay un disparador con este nombre; se reemplaza.</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>&amp;Reemplazar</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Guardar</translation>
    </message>
</context>
<context>
    <name>reveille::ScenarioPanel</name>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>No se pudo escribir %1: %2</translation>
    </message>
    <message>
        <source>&amp;Presenter size</source>
        <translation>&amp;Tamaño de presentación</translation>
    </message>
    <message>
        <source>Save the report as &amp;text…</source>
        <translation>Guardar el informe como te&amp;xto…</translation>
    </message>
    <message>
        <source>Save the report as &amp;JUnit XML…</source>
        <translation>Guardar el informe como &amp;JUnit XML…</translation>
    </message>
    <message>
        <source>&amp;Copy the reveillectl line</source>
        <translation>&amp;Copiar la línea de reveillectl</translation>
    </message>
    <message>
        <source>Save a cop&amp;y to change…</source>
        <translation>&amp;Guardar una copia para cambiarla…</translation>
    </message>
    <message>
        <source>Open a scenario</source>
        <translation>Abrir un escenario</translation>
    </message>
    <message>
        <source>Scenarios (*.yaml *.yml);;All files (*)</source>
        <translation>Escenarios (*.yaml *.yml);;Todos los archivos (*)</translation>
    </message>
    <message>
        <source>There is no file and no scenario “%1”.</source>
        <translation>No hay ningún archivo ni escenario «%1».</translation>
    </message>
    <message>
        <source>Save the report as JUnit XML</source>
        <translation>Guardar el informe como JUnit XML</translation>
    </message>
    <message>
        <source>Save the report as text</source>
        <translation>Guardar el informe como texto</translation>
    </message>
    <message>
        <source>Save a copy to change</source>
        <translation>Guardar una copia para cambiarla</translation>
    </message>
    <message>
        <source>%1 could not be read: %2</source>
        <translation>No se pudo leer %1: %2</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>&amp;Abrir…</translation>
    </message>
    <message>
        <source>Copy the reveillectl line</source>
        <translation>Copiar la línea de reveillectl</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>&amp;Detener</translation>
    </message>
    <message>
        <source>&amp;Reset</source>
        <translation>Rei&amp;niciar</translation>
    </message>
    <message>
        <source>Pause &amp;between steps</source>
        <translation>Pausa &amp;entre pasos</translation>
    </message>
    <message>
        <source>Scenarios</source>
        <translation>Escenarios</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>Escenario</translation>
    </message>
    <message>
        <source>Plays a scenario file of your own</source>
        <translation>Reproduce un archivo de escenario propio</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Qué está mal</translation>
    </message>
    <message>
        <source>Stops where it is; what was made stays, to be looked at</source>
        <translation>Se detiene donde está; lo creado se queda, para examinarlo</translation>
    </message>
    <message>
        <source>Back to the start: puts away what was made, and brings back what the server served before</source>
        <translation>Vuelve al principio: retira lo creado y recupera lo que el servidor servía antes</translation>
    </message>
    <message>
        <source>Each step waits until you press Next step, so that you can talk about it</source>
        <translation>Cada paso espera hasta que pulse «Paso siguiente», para poder comentarlo</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Más</translation>
    </message>
    <message>
        <source>%v of %m steps</source>
        <translation>%v de %m pasos</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progreso</translation>
    </message>
    <message>
        <source>No steps to show</source>
        <translation>No hay pasos que mostrar</translation>
    </message>
    <message>
        <source>A scenario is a text file of steps and what is expected of each. Choose one that comes with the program, or open your own.</source>
        <translation>Un escenario es un archivo de texto con pasos y lo que se espera de cada uno. Elija uno de los que trae el programa o abra el suyo.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 cannot be played. %2</source>
        <translation>No se puede reproducir %1. %2</translation>
    </message>
    <message>
        <source>&amp;Next step</source>
        <translation>Paso &amp;siguiente</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>&amp;Reproducir</translation>
    </message>
    <message>
        <source>Goes on with the next step (F8)</source>
        <translation>Continúa con el paso siguiente (F8)</translation>
    </message>
    <message>
        <source>Plays it from its start (F5)</source>
        <translation>Lo reproduce desde el principio (F5)</translation>
    </message>
    <message>
        <source>It runs on a server of its own. What this window serves at %1 is put aside meanwhile, untouched; Reset brings it back.</source>
        <translation>Se ejecuta en un servidor propio. Lo que esta ventana sirve en %1 se aparta entretanto, intacto; «Reiniciar» lo recupera.</translation>
    </message>
    <message>
        <source>It runs on a server of its own, which this window shows meanwhile.</source>
        <translation>Se ejecuta en un servidor propio, que esta ventana muestra entretanto.</translation>
    </message>
    <message>
        <source>Its server and its users are being made.</source>
        <translation>Se están creando su servidor y sus usuarios.</translation>
    </message>
    <message>
        <source>Playing on a server of its own. Every tick stands for something the server or a device reported.</source>
        <translation>En marcha en un servidor propio. Cada marca corresponde a algo que comunicó el servidor o un dispositivo.</translation>
    </message>
    <message>
        <source>Step %1 has passed; the next one waits for you.</source>
        <translation>El paso %1 ha salido bien; el siguiente espera su orden.</translation>
    </message>
    <message>
        <source>This window still shows the server of the scenario; Reset brings back what was there.</source>
        <translation>Esta ventana aún muestra el servidor del escenario; «Reiniciar» recupera lo que había.</translation>
    </message>
    <message>
        <source>What it made is put away.</source>
        <translation>Se está retirando lo que creó.</translation>
    </message>
    <message>
        <source>Put your server aside and play “%1”?</source>
        <translation>¿Apartar su servidor y reproducir «%1»?</translation>
    </message>
    <message>
        <source>What this window serves stops until you press Reset, so devices cannot reach it meanwhile. Its users, devices and journal are not touched, and come back afterwards. The scenario gets a server and data of its own.</source>
        <translation>Lo que sirve esta ventana se detiene hasta que pulse «Reiniciar», así que los dispositivos no lo alcanzan entretanto. Sus usuarios, dispositivos y diario no se tocan y vuelven después. El escenario recibe un servidor y datos propios.</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Reproducir</translation>
    </message>
    <message>
        <source>Copy the &amp;report</source>
        <translation>Copiar el &amp;informe</translation>
    </message>
    <message>
        <source>How it stands</source>
        <translation>Cómo va</translation>
    </message>
</context>
<context>
    <name>reveille::ScenarioSentences</name>
    <message>
        <source>registers</source>
        <translation>se registra</translation>
    </message>
    <message>
        <source>cannot register</source>
        <translation>no puede registrarse</translation>
    </message>
    <message>
        <source>has unregistered</source>
        <translation>ha anulado su registro</translation>
    </message>
    <message>
        <source>hears a SIR</source>
        <translation>oye un SIR</translation>
    </message>
    <message>
        <source>refuses a SIR</source>
        <translation>rechaza un SIR</translation>
    </message>
    <message>
        <source>ignores a SIR</source>
        <translation>ignora un SIR</translation>
    </message>
    <message>
        <source>hears an empty wake-up</source>
        <translation>oye una activación vacía</translation>
    </message>
    <message>
        <source>receives a push</source>
        <translation>recibe un push</translation>
    </message>
    <message>
        <source>loses its connection</source>
        <translation>pierde su conexión</translation>
    </message>
    <message>
        <source>reconnects</source>
        <translation>se reconecta</translation>
    </message>
    <message>
        <source>opens a pinhole</source>
        <translation>abre una abertura</translation>
    </message>
    <message>
        <source>closes a pinhole</source>
        <translation>cierra una abertura</translation>
    </message>
    <message>
        <source>drops a packet</source>
        <translation>descarta un paquete</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguno</translation>
    </message>
    <message>
        <source>at least %1</source>
        <translation>al menos %1</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>como máximo %1</translation>
    </message>
    <message>
        <source>not %1</source>
        <translation>no %1</translation>
    </message>
    <message>
        <source>contains “%1”</source>
        <translation>contiene «%1»</translation>
    </message>
    <message>
        <source>matches %1</source>
        <translation>encaja con %1</translation>
    </message>
    <message>
        <source>one of %1</source>
        <translation>uno de %1</translation>
    </message>
    <message>
        <source>connections</source>
        <translation>conexiones</translation>
    </message>
    <message>
        <source>waiting pushes</source>
        <translation>push en espera</translation>
    </message>
    <message>
        <source>wake-up under way</source>
        <translation>activación en curso</translation>
    </message>
    <message>
        <source>Push “%1”</source>
        <translation>Push «%1»</translation>
    </message>
    <message>
        <source>Push “%1” to %2</source>
        <translation>Push «%1» a %2</translation>
    </message>
    <message>
        <source>Wake-up of %1</source>
        <translation>Activación de %1</translation>
    </message>
    <message>
        <source>Journal: %1</source>
        <translation>Diario: %1</translation>
    </message>
    <message>
        <source>Journal of %1: %2</source>
        <translation>Diario de %1: %2</translation>
    </message>
    <message>
        <source>%1 times</source>
        <translation>%1 veces</translation>
    </message>
    <message>
        <source>%1 of them</source>
        <translation>%1 de ellos</translation>
    </message>
    <message>
        <source>Never within %1: %2</source>
        <translation>Nunca en %1: %2</translation>
    </message>
    <message>
        <source>; is “%1” meant?</source>
        <translation>; ¿quiso decir «%1»?</translation>
    </message>
    <message>
        <source>the file cannot be read</source>
        <translation>el archivo no se puede leer</translation>
    </message>
    <message>
        <source>more than %1 octets are not taken</source>
        <translation>no se admiten más de %1 octetos</translation>
    </message>
    <message>
        <source>too much: at most %1</source>
        <translation>demasiado: como máximo %1</translation>
    </message>
    <message>
        <source>“%1” has to be %2</source>
        <translation>«%1» tiene que ser %2</translation>
    </message>
    <message>
        <source>“%1” cannot be; possible: %2</source>
        <translation>«%1» no puede ser; posible: %2</translation>
    </message>
    <message>
        <source>there is no key “%1”</source>
        <translation>no existe la clave «%1»</translation>
    </message>
    <message>
        <source>“%1” is missing (%2)</source>
        <translation>falta «%1» (%2)</translation>
    </message>
    <message>
        <source>“%1” stands there twice</source>
        <translation>«%1» aparece dos veces</translation>
    </message>
    <message>
        <source>“%1” is no name: a letter, then letters, digits, - and _</source>
        <translation>«%1» no es un nombre: una letra y después letras, cifras, - y _</translation>
    </message>
    <message>
        <source>the name “%1” is taken</source>
        <translation>el nombre «%1» ya está ocupado</translation>
    </message>
    <message>
        <source>nothing is called “%1”</source>
        <translation>nada se llama «%1»</translation>
    </message>
    <message>
        <source>this is no YAML: %1</source>
        <translation>esto no es YAML: %1</translation>
    </message>
    <message>
        <source>The server of the scenario does not come up: %1</source>
        <translation>El servidor del escenario no arranca: %1</translation>
    </message>
    <message>
        <source>The server was stopped while the scenario was played.</source>
        <translation>El servidor se detuvo mientras se reproducía el escenario.</translation>
    </message>
    <message>
        <source>The server of the console cannot be killed.</source>
        <translation>El servidor de la consola no se puede matar.</translation>
    </message>
    <message>
        <source>The server does not answer: %1</source>
        <translation>El servidor no responde: %1</translation>
    </message>
    <message>
        <source>It may take %1 ms and has taken longer.</source>
        <translation>Puede tardar %1 ms y ha tardado más.</translation>
    </message>
    <message>
        <source>The server refuses it: %1</source>
        <translation>El servidor lo rechaza: %1</translation>
    </message>
    <message>
        <source>The server answers something else: %1</source>
        <translation>El servidor responde otra cosa: %1</translation>
    </message>
    <message>
        <source>%1 is not known yet.</source>
        <translation>Todavía no se conoce %1.</translation>
    </message>
    <message>
        <source>%1 was not started.</source>
        <translation>%1 no se ha iniciado.</translation>
    </message>
    <message>
        <source>The server does not listen at %1.</source>
        <translation>El servidor no escucha en %1.</translation>
    </message>
    <message>
        <source>%1 must be started before.</source>
        <translation>Antes hay que iniciar %1.</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n paso</numerusform>
            <numerusform>%n pasos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n device(s)</source>
        <translation>
            <numerusform>%n dispositivo</numerusform>
            <numerusform>%n dispositivos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n simulated network(s)</source>
        <translation>
            <numerusform>%n red simulada</numerusform>
            <numerusform>%n redes simuladas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n simulated SMSC(s)</source>
        <translation>
            <numerusform>%n SMSC simulado</numerusform>
            <numerusform>%n SMSC simulados</numerusform>
        </translation>
    </message>
    <message>
        <source>a server of its own on free ports</source>
        <translation>un servidor propio en puertos libres</translation>
    </message>
    <message>
        <source>It has %1.</source>
        <translation>Tiene %1.</translation>
    </message>
    <message>
        <source>“%1” (line %2) kills the server, and the console&apos;s own server is this program. Play this scenario with reveillectl, which starts a server that can be killed.</source>
        <translation>«%1» (línea %2) mata al servidor, y el servidor de la consola es este mismo programa. Reproduzca este escenario con reveillectl, que inicia un servidor que se puede matar.</translation>
    </message>
    <message>
        <source>Every step happened as expected, in %1.</source>
        <translation>Todos los pasos ocurrieron como se esperaba, en %1.</translation>
    </message>
    <message>
        <source>Stopped between two steps, after %1.</source>
        <translation>Detenido entre dos pasos, a los %1.</translation>
    </message>
    <message>
        <source>Stopped at step %1 of %2, after %3.</source>
        <translation>Detenido en el paso %1 de %2, a los %3.</translation>
    </message>
    <message>
        <source>It could not be played. %1</source>
        <translation>No se pudo reproducir. %1</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>todavía no</translation>
    </message>
    <message>
        <source>now</source>
        <translation>ahora</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>bien</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>mal</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>detenido</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nada</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>Línea %1: %2</translation>
    </message>
    <message>
        <source>In this window a scenario keeps its data in a folder of its own, not in %1.</source>
        <translation>En esta ventana un escenario guarda sus datos en una carpeta propia, no en %1.</translation>
    </message>
    <message>
        <source>once</source>
        <translation>una vez</translation>
    </message>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>%n vez</numerusform>
            <numerusform>%n veces</numerusform>
        </translation>
    </message>
    <message>
        <source>%1; last: %2</source>
        <translation>%1; la última: %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>%1; %2: %3</source>
        <translation>%1; %2: %3</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>un texto</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>una lista</translation>
    </message>
    <message>
        <source>a list of steps</source>
        <translation>una lista de pasos</translation>
    </message>
    <message>
        <source>keys with values</source>
        <translation>claves con valores</translation>
    </message>
    <message>
        <source>a text or a list of texts</source>
        <translation>un texto o una lista de textos</translation>
    </message>
    <message>
        <source>a text, or texts by language</source>
        <translation>un texto, o textos por idioma</translation>
    </message>
    <message>
        <source>an expectation in {}</source>
        <translation>una expectativa entre {}</translation>
    </message>
    <message>
        <source>an expectation</source>
        <translation>una expectativa</translation>
    </message>
    <message>
        <source>an action</source>
        <translation>una acción</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>un número</translation>
    </message>
    <message>
        <source>a regular expression</source>
        <translation>una expresión regular</translation>
    </message>
    <message>
        <source>it needs a server of its own: %1</source>
        <translation>necesita un servidor propio: %1</translation>
    </message>
    <message>
        <source>What the scenario needs was not set up within %1 ms: its server, users, devices or simulated networks.</source>
        <translation>Lo que necesita el escenario no estuvo listo en %1 ms: su servidor, usuarios, dispositivos o redes simuladas.</translation>
    </message>
    <message>
        <source>What the step does was not done within %1 ms.</source>
        <translation>Lo que hace el paso no se completó en %1 ms.</translation>
    </message>
    <message>
        <source>It needs a server of its own: %1</source>
        <translation>Necesita un servidor propio: %1</translation>
    </message>
    <message>
        <source>server</source>
        <translation>servidor</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>sí</translation>
    </message>
    <message>
        <source>no</source>
        <translation>no</translation>
    </message>
    <message>
        <source>Step %1 of %2, “%3”, did not happen as expected, after %4.</source>
        <translation>El paso %1 de %2, «%3», no ocurrió como se esperaba, a los %4.</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) after it were not played.</source>
        <translation>
            <numerusform>No se reprodujo %n paso posterior.</numerusform>
            <numerusform>No se reprodujeron %n pasos posteriores.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, after %2</source>
        <translation>%1, tras %2</translation>
    </message>
    <message>
        <source>The last that happened:</source>
        <translation>Lo último que ocurrió:</translation>
    </message>
    <message>
        <source>is started</source>
        <translation>se inicia</translation>
    </message>
    <message>
        <source>asks to be registered</source>
        <translation>pide registrarse</translation>
    </message>
    <message>
        <source>hands a SIR on</source>
        <translation>pasa un SIR</translation>
    </message>
    <message>
        <source>asks its user</source>
        <translation>pregunta a su usuario</translation>
    </message>
    <message>
        <source>has its user&apos;s answer</source>
        <translation>tiene la respuesta de su usuario</translation>
    </message>
    <message>
        <source>registers an application</source>
        <translation>registra una aplicación</translation>
    </message>
    <message>
        <source>starts an application</source>
        <translation>inicia una aplicación</translation>
    </message>
    <message>
        <source>runs the application already</source>
        <translation>ya ejecuta la aplicación</translation>
    </message>
    <message>
        <source>cannot start an application</source>
        <translation>no puede iniciar una aplicación</translation>
    </message>
    <message>
        <source>hears from an application</source>
        <translation>recibe algo de una aplicación</translation>
    </message>
    <message>
        <source>ends an application</source>
        <translation>termina una aplicación</translation>
    </message>
    <message>
        <source>registers with the SIP core</source>
        <translation>se registra en el núcleo SIP</translation>
    </message>
    <message>
        <source>cannot register with the SIP core</source>
        <translation>no puede registrarse en el núcleo SIP</translation>
    </message>
    <message>
        <source>has told that it refuses</source>
        <translation>ha comunicado que rechaza</translation>
    </message>
    <message>
        <source>tells what it was asked for</source>
        <translation>comunica lo que se le pidió</translation>
    </message>
    <message>
        <source>has told what it was asked for</source>
        <translation>ha comunicado lo que se le pidió</translation>
    </message>
    <message>
        <source>is called over HTTP</source>
        <translation>recibe una llamada por HTTP</translation>
    </message>
    <message>
        <source>refuses a call over HTTP</source>
        <translation>rechaza una llamada por HTTP</translation>
    </message>
    <message>
        <source>confirms a push</source>
        <translation>confirma un push</translation>
    </message>
    <message>
        <source>hands a push on</source>
        <translation>pasa un push</translation>
    </message>
    <message>
        <source>tests its pinhole</source>
        <translation>prueba su abertura</translation>
    </message>
    <message>
        <source>opens a session</source>
        <translation>abre una sesión</translation>
    </message>
    <message>
        <source>closes a session</source>
        <translation>cierra una sesión</translation>
    </message>
    <message>
        <source>refuses a session</source>
        <translation>rechaza una sesión</translation>
    </message>
    <message>
        <source>falls silent</source>
        <translation>se calla</translation>
    </message>
    <message>
        <source>answers again</source>
        <translation>vuelve a responder</translation>
    </message>
    <message>
        <source>drops its path</source>
        <translation>pierde su camino</translation>
    </message>
    <message>
        <source>refuses from here on</source>
        <translation>rechaza a partir de ahora</translation>
    </message>
    <message>
        <source>is stopped</source>
        <translation>se detiene</translation>
    </message>
    <message>
        <source>remembers</source>
        <translation>recuerda</translation>
    </message>
    <message>
        <source>cannot remember</source>
        <translation>no puede recordar</translation>
    </message>
    <message>
        <source>moves a pinhole</source>
        <translation>mueve una abertura</translation>
    </message>
    <message>
        <source>cannot move a pinhole</source>
        <translation>no puede mover una abertura</translation>
    </message>
    <message>
        <source>cannot take a connection</source>
        <translation>no puede aceptar una conexión</translation>
    </message>
    <message>
        <source>has a connection</source>
        <translation>tiene una conexión</translation>
    </message>
    <message>
        <source>refuses a connection</source>
        <translation>rechaza una conexión</translation>
    </message>
    <message>
        <source>takes a link</source>
        <translation>acepta un enlace</translation>
    </message>
    <message>
        <source>refuses a link</source>
        <translation>rechaza un enlace</translation>
    </message>
    <message>
        <source>takes a message</source>
        <translation>acepta un mensaje</translation>
    </message>
    <message>
        <source>hands a message to the terminal</source>
        <translation>entrega un mensaje al terminal</translation>
    </message>
    <message>
        <source>cannot reach the terminal</source>
        <translation>no puede alcanzar el terminal</translation>
    </message>
    <message>
        <source>keeps a message</source>
        <translation>guarda un mensaje</translation>
    </message>
    <message>
        <source>loses a message</source>
        <translation>pierde un mensaje</translation>
    </message>
    <message>
        <source>is done with a message</source>
        <translation>termina con un mensaje</translation>
    </message>
    <message>
        <source>sends a receipt</source>
        <translation>envía un acuse</translation>
    </message>
    <message>
        <source>drops a receipt</source>
        <translation>descarta un acuse</translation>
    </message>
    <message>
        <source>has its receipt taken</source>
        <translation>le aceptan el acuse</translation>
    </message>
    <message>
        <source>is asked whether it is there</source>
        <translation>le preguntan si está ahí</translation>
    </message>
    <message>
        <source>cannot read what came</source>
        <translation>no puede leer lo que llegó</translation>
    </message>
    <message>
        <source>ends a link</source>
        <translation>termina un enlace</translation>
    </message>
    <message>
        <source>loses a link</source>
        <translation>pierde un enlace</translation>
    </message>
    <message>
        <source>serves</source>
        <translation>sirve</translation>
    </message>
    <message>
        <source>has ended</source>
        <translation>ha terminado</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>«%1»</translation>
    </message>
    <message>
        <source>inbound</source>
        <translation>entrante</translation>
    </message>
    <message>
        <source>outbound</source>
        <translation>saliente</translation>
    </message>
    <message>
        <source>no pinhole is open</source>
        <translation>no hay ninguna abertura</translation>
    </message>
    <message>
        <source>its sender is not let in</source>
        <translation>no se deja entrar a quien lo envía</translation>
    </message>
    <message>
        <source>too many pinholes are open</source>
        <translation>hay demasiadas aberturas</translation>
    </message>
    <message>
        <source>too much is on the way</source>
        <translation>hay demasiado en camino</translation>
    </message>
    <message>
        <source>no port is left</source>
        <translation>no queda ningún puerto</translation>
    </message>
    <message>
        <source>nothing passed for too long</source>
        <translation>no pasó nada durante demasiado tiempo</translation>
    </message>
    <message>
        <source>it was told to forget</source>
        <translation>se le mandó olvidarla</translation>
    </message>
</context>
<context>
    <name>reveille::ScenarioStepList</name>
    <message>
        <source>Steps</source>
        <translation>Pasos</translation>
    </message>
</context>
<context>
    <name>reveille::ScenarioStepView</name>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>Show it in the journal</source>
        <translation>Mostrar en el diario</translation>
    </message>
    <message>
        <source>Show the device</source>
        <translation>Mostrar el dispositivo</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>Se esperaba</translation>
    </message>
    <message>
        <source>What there was</source>
        <translation>Lo que hubo</translation>
    </message>
    <message>
        <source>– was still waited for when the step had failed.</source>
        <translation>– aún se esperaba cuando el paso ya había fallado.</translation>
    </message>
    <message>
        <source>Copy this step</source>
        <translation>Copiar este paso</translation>
    </message>
    <message>
        <source>Save the report…</source>
        <translation>Guardar el informe…</translation>
    </message>
    <message>
        <source>What happened in it:</source>
        <translation>Lo que ocurrió en él:</translation>
    </message>
    <message>
        <source>Nothing happened in it to what it is about.</source>
        <translation>No le ocurrió nada a aquello de lo que trata.</translation>
    </message>
    <message>
        <source>Before:</source>
        <translation>Antes:</translation>
    </message>
</context>
<context>
    <name>reveille::Sentences</name>
    <message>
        <source>Has the device taken it?</source>
        <translation>¿Lo ha aceptado el dispositivo?</translation>
    </message>
    <message>
        <source>Has got it.</source>
        <translation>Lo ha recibido.</translation>
    </message>
    <message>
        <source>Has not got it yet (%1).</source>
        <translation>Aún no lo ha recibido (%1).</translation>
    </message>
    <message>
        <source>Gets it at once over its connection.</source>
        <translation>Lo recibe enseguida por su conexión.</translation>
    </message>
    <message>
        <source>Is woken first, then gets it.</source>
        <translation>Primero se le activa; después lo recibe.</translation>
    </message>
    <message>
        <source>Does not get it. %1</source>
        <translation>No lo recibe. %1</translation>
    </message>
    <message>
        <source>%1. To change it: %2.</source>
        <translation>%1. Para cambiarlo: %2.</translation>
    </message>
    <message>
        <source>Gets it when it comes back by itself.</source>
        <translation>Lo recibe cuando vuelva por sí mismo.</translation>
    </message>
    <message>
        <source>Does not get it.</source>
        <translation>No lo recibe.</translation>
    </message>
    <message>
        <source>An idempotency key has 1 to 200 visible characters.</source>
        <translation>Una clave de idempotencia tiene de 1 a 200 caracteres visibles.</translation>
    </message>
    <message>
        <source>A push with the idempotency key %1 is being taken just now.</source>
        <translation>En este momento se está aceptando un envío con la clave de idempotencia %1.</translation>
    </message>
    <message>
        <source>Another push was made with the idempotency key %1.</source>
        <translation>Se hizo otro envío con la clave de idempotencia %1.</translation>
    </message>
    <message>
        <source>checks</source>
        <translation>comprobaciones</translation>
    </message>
    <message>
        <source>Devices chosen for the push</source>
        <translation>Dispositivos elegidos para el envío</translation>
    </message>
    <message>
        <source>Push turns to the next device</source>
        <translation>El envío pasa al siguiente dispositivo</translation>
    </message>
    <message>
        <source>another device of the user got it</source>
        <translation>lo recibió otro dispositivo del usuario</translation>
    </message>
    <message>
        <source>all that take it</source>
        <translation>todos los que lo acepten</translation>
    </message>
    <message>
        <source>the first that can be reached</source>
        <translation>el primero accesible</translation>
    </message>
    <message>
        <source>the preferred one</source>
        <translation>el preferido</translation>
    </message>
    <message>
        <source>Does it come first among them?</source>
        <translation>¿Es el primero entre ellos?</translation>
    </message>
    <message>
        <source>which devices get it</source>
        <translation>qué dispositivos lo reciben</translation>
    </message>
    <message>
        <source>“%1” is no pattern of addresses, like sip:*@lab.example or tel:+49*.</source>
        <translation>«%1» no es un patrón de direcciones, como sip:*@lab.example o tel:+49*.</translation>
    </message>
    <message>
        <source>An application server can have %1 patterns of addresses at most.</source>
        <translation>Un servidor de aplicaciones puede tener %1 patrones de direcciones como máximo.</translation>
    </message>
    <message>
        <source>That is no limit for an application server.</source>
        <translation>Eso no es un límite para un servidor de aplicaciones.</translation>
    </message>
    <message>
        <source>This application server pushes too fast; it may again in %1 s.</source>
        <translation>Este servidor de aplicaciones envía demasiado deprisa; podrá de nuevo en %1 s.</translation>
    </message>
    <message>
        <source>This application server has used up its pushes of today; it may again in %1 s.</source>
        <translation>Este servidor de aplicaciones ha agotado sus envíos de hoy; podrá de nuevo en %1 s.</translation>
    </message>
    <message>
        <source>This application server named too many targets that are not there; it may again in %1 s.</source>
        <translation>Este servidor de aplicaciones nombró demasiados destinos que no existen; podrá de nuevo en %1 s.</translation>
    </message>
    <message>
        <source>Too many wrong tokens came from there; wait %1 s.</source>
        <translation>Llegaron demasiados testigos erróneos desde allí; espere %1 s.</translation>
    </message>
    <message>
        <source>This application server may not address that user.</source>
        <translation>Este servidor de aplicaciones no puede dirigirse a ese usuario.</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Activo</translation>
    </message>
    <message>
        <source>Suspect</source>
        <translation>Dudoso</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Perdido</translation>
    </message>
    <message>
        <source>Waking</source>
        <translation>Activándose</translation>
    </message>
    <message>
        <source>Unreachable</source>
        <translation>Inalcanzable</translation>
    </message>
    <message>
        <source>pinhole closed</source>
        <translation>abertura (NAT) cerrada</translation>
    </message>
    <message>
        <source>connection interrupted</source>
        <translation>conexión interrumpida</translation>
    </message>
    <message>
        <source>registration expired</source>
        <translation>registro vencido</translation>
    </message>
    <message>
        <source>closed by the device</source>
        <translation>cerrado por el dispositivo</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Aceptado</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En espera</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Enviándose</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Entregado</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Confirmado</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Caducado</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Cancelado</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>Reemplazado</translation>
    </message>
    <message>
        <source>Undeliverable</source>
        <translation>No entregable</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>En curso</translation>
    </message>
    <message>
        <source>Succeeded</source>
        <translation>Lograda</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Rechazado</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Sin respuesta</translation>
    </message>
    <message>
        <source>Requested</source>
        <translation>Pedida</translation>
    </message>
    <message>
        <source>Route chosen</source>
        <translation>Ruta elegida</translation>
    </message>
    <message>
        <source>Message made</source>
        <translation>Mensaje creado</translation>
    </message>
    <message>
        <source>Handed to the bearer</source>
        <translation>Entregado a la portadora</translation>
    </message>
    <message>
        <source>Taken by the carrier</source>
        <translation>Aceptado por el transportista</translation>
    </message>
    <message>
        <source>Received by the terminal</source>
        <translation>Recibido por el terminal</translation>
    </message>
    <message>
        <source>Device heard</source>
        <translation>Dispositivo oído</translation>
    </message>
    <message>
        <source>Registered again</source>
        <translation>Registrado de nuevo</translation>
    </message>
    <message>
        <source>Push delivered</source>
        <translation>Push entregado</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Baja</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>Urgente</translation>
    </message>
    <message>
        <source>Now or never</source>
        <translation>Ahora o nunca</translation>
    </message>
    <message>
        <source>When reachable</source>
        <translation>Cuando sea alcanzable</translation>
    </message>
    <message>
        <source>Wake the device</source>
        <translation>Activar el dispositivo</translation>
    </message>
    <message>
        <source>routed</source>
        <translation>dirigido</translation>
    </message>
    <message>
        <source>broadcast</source>
        <translation>difundido</translation>
    </message>
    <message>
        <source>broadcast with identity</source>
        <translation>difundido con identidad</translation>
    </message>
    <message>
        <source>Capabilities</source>
        <translation>Capacidades</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Preferencias</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>Seguridad</translation>
    </message>
    <message>
        <source>Subscriptions</source>
        <translation>Suscripciones</translation>
    </message>
    <message>
        <source>Refusal</source>
        <translation>Rechazo</translation>
    </message>
    <message>
        <source>Registration message</source>
        <translation>Mensaje de registro</translation>
    </message>
    <message>
        <source>Capability message</source>
        <translation>Mensaje de capacidades</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>No se envía</translation>
    </message>
    <message>
        <source>Sent at once</source>
        <translation>Se envía enseguida</translation>
    </message>
    <message>
        <source>Wakes the device first</source>
        <translation>Activa antes el dispositivo</translation>
    </message>
    <message>
        <source>Waits for the device</source>
        <translation>Espera al dispositivo</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Conexión</translation>
    </message>
    <message>
        <source>SIR</source>
        <translation>SIR</translation>
    </message>
    <message>
        <source>Wake-up</source>
        <translation>Activación</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>Push</translation>
    </message>
    <message>
        <source>Trigger</source>
        <translation>Disparador</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 a %2</translation>
    </message>
    <message>
        <source>%1 to %2, port %3</source>
        <translation>%1 a %2, puerto %3</translation>
    </message>
    <message>
        <source>%1&apos;s %2</source>
        <comment>a user&apos;s device</comment>
        <translation>%2 de %1</translation>
    </message>
    <message>
        <source>Is it among the devices named?</source>
        <translation>¿Está entre los dispositivos nombrados?</translation>
    </message>
    <message>
        <source>Does it belong to the user?</source>
        <translation>¿Pertenece al usuario?</translation>
    </message>
    <message>
        <source>Does its owner want pushes?</source>
        <translation>¿Quiere push su dueño?</translation>
    </message>
    <message>
        <source>Is it outside its quiet hours?</source>
        <translation>¿Está fuera de sus horas de silencio?</translation>
    </message>
    <message>
        <source>Does it take this application?</source>
        <translation>¿Admite esta aplicación?</translation>
    </message>
    <message>
        <source>Does it take this content type?</source>
        <translation>¿Admite este tipo de contenido?</translation>
    </message>
    <message>
        <source>Is the content small enough for it?</source>
        <translation>¿Es el contenido lo bastante pequeño para él?</translation>
    </message>
    <message>
        <source>Is it connected?</source>
        <translation>¿Está conectado?</translation>
    </message>
    <message>
        <source>Does the push live long enough to wait?</source>
        <translation>¿Vive el push lo suficiente para esperar?</translation>
    </message>
    <message>
        <source>May the push wake it?</source>
        <translation>¿Puede el push activarlo?</translation>
    </message>
    <message>
        <source>Is a wake-up route known?</source>
        <translation>¿Se conoce una ruta de activación?</translation>
    </message>
    <message>
        <source>Is it implied by the phone number and port of the device?</source>
        <translation>¿Se deduce del número de teléfono y puerto del dispositivo?</translation>
    </message>
    <message>
        <source>Is the bearer configured?</source>
        <translation>¿Está configurada la portadora?</translation>
    </message>
    <message>
        <source>Does the bearer work?</source>
        <translation>¿Funciona la portadora?</translation>
    </message>
    <message>
        <source>Is it another way than the one that failed?</source>
        <translation>¿Es otra vía distinta de la que falló?</translation>
    </message>
    <message>
        <source>Are attempts left on this route?</source>
        <translation>¿Quedan intentos en esta ruta?</translation>
    </message>
    <message>
        <source>May the bearer send to this address?</source>
        <translation>¿Puede la portadora enviar a esta dirección?</translation>
    </message>
    <message>
        <source>taken by the carrier</source>
        <translation>aceptado por el transportista</translation>
    </message>
    <message>
        <source>received by the terminal</source>
        <translation>recibido por el terminal</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>enviado</translation>
    </message>
    <message>
        <source>refused by the device</source>
        <translation>rechazado por el dispositivo</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>sin respuesta</translation>
    </message>
    <message>
        <source>no answer in time</source>
        <translation>sin respuesta a tiempo</translation>
    </message>
    <message>
        <source>the connection broke</source>
        <translation>la conexión se rompió</translation>
    </message>
    <message>
        <source>dropped because its time to live was 0 and the device was not connected</source>
        <translation>descartado porque su tiempo de vida era 0 y el dispositivo no estaba conectado</translation>
    </message>
    <message>
        <source>its time to live ended</source>
        <translation>su tiempo de vida terminó</translation>
    </message>
    <message>
        <source>the application says that it has it</source>
        <translation>la aplicación dice que lo tiene</translation>
    </message>
    <message>
        <source>it was shown to the user</source>
        <translation>se mostró al usuario</translation>
    </message>
    <message>
        <source>nobody had asked for a confirmation</source>
        <translation>nadie había pedido una confirmación</translation>
    </message>
    <message>
        <source>it had not been sent to this device</source>
        <translation>no se había enviado a este dispositivo</translation>
    </message>
    <message>
        <source>its time was over, or it had ended otherwise</source>
        <translation>su tiempo había pasado, o había terminado de otro modo</translation>
    </message>
    <message>
        <source>the device says that its application did not take it</source>
        <translation>el dispositivo dice que su aplicación no lo aceptó</translation>
    </message>
    <message>
        <source>the head of the message in it cannot be read</source>
        <translation>no se puede leer la cabecera del mensaje que contiene</translation>
    </message>
    <message>
        <source>the message in it does not say what it holds</source>
        <translation>el mensaje que contiene no dice qué lleva</translation>
    </message>
    <message>
        <source>the notification is too large</source>
        <translation>la notificación es demasiado grande</translation>
    </message>
    <message>
        <source>the notification cannot be read</source>
        <translation>no se puede leer la notificación</translation>
    </message>
    <message>
        <source>it is no notification</source>
        <translation>no es una notificación</translation>
    </message>
    <message>
        <source>the notification does not say which message it is about</source>
        <translation>la notificación no dice de qué mensaje se trata</translation>
    </message>
    <message>
        <source>the notification does not say what became of the message</source>
        <translation>la notificación no dice qué fue del mensaje</translation>
    </message>
    <message>
        <source>what was compressed cannot be read</source>
        <translation>no se puede leer lo que estaba comprimido</translation>
    </message>
    <message>
        <source>what was compressed is too large</source>
        <translation>lo que estaba comprimido es demasiado grande</translation>
    </message>
    <message>
        <source>it is no notification of a kind that is read</source>
        <translation>no es una notificación de un tipo que se lea</translation>
    </message>
    <message>
        <source>the sender has nothing registered on this path</source>
        <translation>el remitente no tiene nada registrado en este camino</translation>
    </message>
    <message>
        <source>the confirmation does not say which push it is about</source>
        <translation>la confirmación no dice de qué push se trata</translation>
    </message>
    <message>
        <source>the confirmation does not say who confirms</source>
        <translation>la confirmación no dice quién confirma</translation>
    </message>
    <message>
        <source>the device was not connected</source>
        <translation>el dispositivo no estaba conectado</translation>
    </message>
    <message>
        <source>waits until the device comes back by itself</source>
        <translation>espera a que el dispositivo vuelva por sí mismo</translation>
    </message>
    <message>
        <source>waits until the quiet hours of the device are over</source>
        <translation>espera a que pasen las horas de silencio del dispositivo</translation>
    </message>
    <message>
        <source>no, so it waits</source>
        <translation>no, así que espera</translation>
    </message>
    <message>
        <source>Gets it once its quiet hours are over (%1).</source>
        <translation>Lo recibe cuando pasen sus horas de silencio (%1).</translation>
    </message>
    <message>
        <source>no device was chosen; see the explanation</source>
        <translation>no se eligió ningún dispositivo; véase la explicación</translation>
    </message>
    <message>
        <source>sent as often as allowed without success</source>
        <translation>enviado sin éxito tantas veces como se permite</translation>
    </message>
    <message>
        <source>by staff</source>
        <translation>por el personal</translation>
    </message>
    <message>
        <source>a newer push took its place</source>
        <translation>un push más reciente ocupó su lugar</translation>
    </message>
    <message>
        <source>the device was removed</source>
        <translation>el dispositivo fue eliminado</translation>
    </message>
    <message>
        <source>the device came back</source>
        <translation>el dispositivo volvió</translation>
    </message>
    <message>
        <source>all routes and attempts were used up</source>
        <translation>se agotaron todas las rutas y los intentos</translation>
    </message>
    <message>
        <source>the device was connected already</source>
        <translation>el dispositivo ya estaba conectado</translation>
    </message>
    <message>
        <source>the server restarted</source>
        <translation>el servidor se reinició</translation>
    </message>
    <message>
        <source>the wake-up failed</source>
        <translation>la activación falló</translation>
    </message>
    <message>
        <source>no wake-up route is known</source>
        <translation>no se conoce ninguna ruta de activación</translation>
    </message>
    <message>
        <source>the bearer is not configured</source>
        <translation>la portadora no está configurada</translation>
    </message>
    <message>
        <source>the bearer cannot reach the address</source>
        <translation>la portadora no puede alcanzar la dirección</translation>
    </message>
    <message>
        <source>the bearer may not send to this network</source>
        <translation>la portadora no puede enviar a esta red</translation>
    </message>
    <message>
        <source>the address is not an IP address</source>
        <translation>la dirección no es una dirección IP</translation>
    </message>
    <message>
        <source>the route names no port</source>
        <translation>la ruta no indica ningún puerto</translation>
    </message>
    <message>
        <source>nobody listens at the port</source>
        <translation>nadie escucha en el puerto</translation>
    </message>
    <message>
        <source>sending failed</source>
        <translation>el envío falló</translation>
    </message>
    <message>
        <source>the bearer cannot use its own address</source>
        <translation>la portadora no puede usar su propia dirección</translation>
    </message>
    <message>
        <source>too much waits already</source>
        <translation>ya hay demasiado en espera</translation>
    </message>
    <message>
        <source>this server does not serve the user</source>
        <translation>este servidor no atiende a ese usuario</translation>
    </message>
    <message>
        <source>this server does not serve the domain</source>
        <translation>este servidor no atiende ese dominio</translation>
    </message>
    <message>
        <source>this server does not serve the sender</source>
        <translation>este servidor no atiende a ese remitente</translation>
    </message>
    <message>
        <source>there is no such user</source>
        <translation>no existe ese usuario</translation>
    </message>
    <message>
        <source>there is no such device</source>
        <translation>no existe ese dispositivo</translation>
    </message>
    <message>
        <source>nobody has this number</source>
        <translation>nadie tiene ese número</translation>
    </message>
    <message>
        <source>there is no such session</source>
        <translation>no existe esa sesión</translation>
    </message>
    <message>
        <source>the device belongs to another user</source>
        <translation>el dispositivo pertenece a otro usuario</translation>
    </message>
    <message>
        <source>it registers somebody else</source>
        <translation>registra a otra persona</translation>
    </message>
    <message>
        <source>wrong user name or password</source>
        <translation>nombre de usuario o contraseña incorrectos</translation>
    </message>
    <message>
        <source>the credentials cannot be read</source>
        <translation>no se pueden leer las credenciales</translation>
    </message>
    <message>
        <source>too many wrong passwords, it has to wait</source>
        <translation>demasiadas contraseñas incorrectas, tiene que esperar</translation>
    </message>
    <message>
        <source>the contact * stands with others or without Expires: 0</source>
        <translation>el contacto * está junto a otros o sin Expires: 0</translation>
    </message>
    <message>
        <source>the contact is not a SIP address</source>
        <translation>el contacto no es una dirección SIP</translation>
    </message>
    <message>
        <source>the contact is a GRUU</source>
        <translation>el contacto es un GRUU</translation>
    </message>
    <message>
        <source>the proxy in front of it keeps no flows (RFC 5626)</source>
        <translation>el proxy que tiene delante no mantiene flujos (RFC 5626)</translation>
    </message>
    <message>
        <source>too many contacts</source>
        <translation>demasiados contactos</translation>
    </message>
    <message>
        <source>a reg-id stands twice</source>
        <translation>un reg-id aparece dos veces</translation>
    </message>
    <message>
        <source>the address is not a SIP address</source>
        <translation>la dirección no es una dirección SIP</translation>
    </message>
    <message>
        <source>it needs an extension this server does not have</source>
        <translation>necesita una extensión que este servidor no tiene</translation>
    </message>
    <message>
        <source>the registration would be too short</source>
        <translation>el registro sería demasiado breve</translation>
    </message>
    <message>
        <source>there is no such dialogue</source>
        <translation>no existe ese diálogo</translation>
    </message>
    <message>
        <source>there is no such transaction</source>
        <translation>no existe esa transacción</translation>
    </message>
    <message>
        <source>too many hops</source>
        <translation>demasiados saltos</translation>
    </message>
    <message>
        <source>the request is older than the last one</source>
        <translation>la petición es más antigua que la última</translation>
    </message>
    <message>
        <source>the method is unknown</source>
        <translation>el método es desconocido</translation>
    </message>
    <message>
        <source>the method is not allowed here</source>
        <translation>el método no se permite aquí</translation>
    </message>
    <message>
        <source>it has to register over DTLS</source>
        <translation>tiene que registrarse por DTLS</translation>
    </message>
    <message>
        <source>it registers another user than its DTLS identity names</source>
        <translation>registra a otro usuario que el de su identidad DTLS</translation>
    </message>
    <message>
        <source>over DTLS it may name no other address</source>
        <translation>por DTLS no puede nombrar otra dirección</translation>
    </message>
    <message>
        <source>the address it names cannot be read</source>
        <translation>no se puede leer la dirección que nombra</translation>
    </message>
    <message>
        <source>the address it names is not in the allowed networks</source>
        <translation>la dirección que nombra no está en las redes permitidas</translation>
    </message>
    <message>
        <source>as many application instances are registered as allowed</source>
        <translation>ya hay registradas tantas instancias de aplicaciones como se permite</translation>
    </message>
    <message>
        <source>the disk does not keep up; it is to come back later</source>
        <translation>el disco no da abasto; debe volver más tarde</translation>
    </message>
    <message>
        <source>too many wait for their answers; it is to come back later</source>
        <translation>demasiados esperan su respuesta; debe volver más tarde</translation>
    </message>
    <message>
        <source>it names no session</source>
        <translation>no nombra ninguna sesión</translation>
    </message>
    <message>
        <source>the session identifier cannot be read</source>
        <translation>no se puede leer el identificador de sesión</translation>
    </message>
    <message>
        <source>another device has this session</source>
        <translation>otro dispositivo tiene esta sesión</translation>
    </message>
    <message>
        <source>the application or name cannot be read</source>
        <translation>no se puede leer la aplicación o el nombre</translation>
    </message>
    <message>
        <source>the lifetime cannot be read</source>
        <translation>no se puede leer la duración</translation>
    </message>
    <message>
        <source>the wake-up route cannot be read</source>
        <translation>no se puede leer la ruta de activación</translation>
    </message>
    <message>
        <source>the push service is unknown</source>
        <translation>el servicio push es desconocido</translation>
    </message>
    <message>
        <source>refused by the device: %1</source>
        <translation>rechazado por el dispositivo: %1</translation>
    </message>
    <message>
        <source>the device is busy: %1</source>
        <translation>el dispositivo está ocupado: %1</translation>
    </message>
    <message>
        <source>failed: %1</source>
        <translation>falló: %1</translation>
    </message>
    <message>
        <source>transport</source>
        <translation>transporte</translation>
    </message>
    <message>
        <source>from</source>
        <translation>desde</translation>
    </message>
    <message>
        <source>rule</source>
        <translation>regla</translation>
    </message>
    <message>
        <source>about</source>
        <translation>sobre</translation>
    </message>
    <message>
        <source>value</source>
        <translation>valor</translation>
    </message>
    <message>
        <source>reason</source>
        <translation>motivo</translation>
    </message>
    <message>
        <source>registered until</source>
        <translation>registrado hasta</translation>
    </message>
    <message>
        <source>before</source>
        <translation>antes</translation>
    </message>
    <message>
        <source>after</source>
        <translation>después</translation>
    </message>
    <message>
        <source>away, ms</source>
        <translation>ausente, ms</translation>
    </message>
    <message>
        <source>because</source>
        <translation>porque</translation>
    </message>
    <message>
        <source>mode</source>
        <translation>modo</translation>
    </message>
    <message>
        <source>bearer</source>
        <translation>portadora</translation>
    </message>
    <message>
        <source>address</source>
        <translation>dirección</translation>
    </message>
    <message>
        <source>port</source>
        <translation>puerto</translation>
    </message>
    <message>
        <source>attempt</source>
        <translation>intento</translation>
    </message>
    <message>
        <source>attempts</source>
        <translation>intentos</translation>
    </message>
    <message>
        <source>octets</source>
        <translation>octetos</translation>
    </message>
    <message>
        <source>identity</source>
        <translation>identidad</translation>
    </message>
    <message>
        <source>recipient</source>
        <translation>destinatario</translation>
    </message>
    <message>
        <source>code</source>
        <translation>código</translation>
    </message>
    <message>
        <source>carrier&apos;s id</source>
        <translation>id. del transportista</translation>
    </message>
    <message>
        <source>outcome</source>
        <translation>resultado</translation>
    </message>
    <message>
        <source>furthest step</source>
        <translation>paso más avanzado</translation>
    </message>
    <message>
        <source>took, ms</source>
        <translation>duró, ms</translation>
    </message>
    <message>
        <source>content type</source>
        <translation>tipo de contenido</translation>
    </message>
    <message>
        <source>when</source>
        <translation>cuándo</translation>
    </message>
    <message>
        <source>time to live, s</source>
        <translation>tiempo de vida, s</translation>
    </message>
    <message>
        <source>initiator</source>
        <translation>iniciador</translation>
    </message>
    <message>
        <source>status</source>
        <translation>estado</translation>
    </message>
    <message>
        <source>for</source>
        <translation>para</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Versión</translation>
    </message>
    <message>
        <source>Applications</source>
        <translation>Aplicaciones</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Aplicación</translation>
    </message>
    <message>
        <source>WSP contact points</source>
        <translation>Puntos de contacto WSP</translation>
    </message>
    <message>
        <source>Contact points</source>
        <translation>Puntos de contacto</translation>
    </message>
    <message>
        <source>Contact point</source>
        <translation>Punto de contacto</translation>
    </message>
    <message>
        <source>Protocol options</source>
        <translation>Opciones de protocolo</translation>
    </message>
    <message>
        <source>Protocol option</source>
        <translation>Opción de protocolo</translation>
    </message>
    <message>
        <source>Provisioning URL</source>
        <translation>URL de aprovisionamiento</translation>
    </message>
    <message>
        <source>CPI tags</source>
        <translation>Etiquetas CPI</translation>
    </message>
    <message>
        <source>CPI tag</source>
        <translation>Etiqueta CPI</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Usuario</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Peticiones</translation>
    </message>
    <message>
        <source>Application name</source>
        <translation>Nombre de la aplicación</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>Pasarela</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Hora</translation>
    </message>
    <message>
        <source>Nonce</source>
        <translation>Nonce</translation>
    </message>
    <message>
        <source>Time and nonce</source>
        <translation>Hora y nonce</translation>
    </message>
    <message>
        <source>Authenticator</source>
        <translation>Autenticador</translation>
    </message>
    <message>
        <source>Character set</source>
        <translation>Juego de caracteres</translation>
    </message>
    <message>
        <source>Unknown record</source>
        <translation>Registro desconocido</translation>
    </message>
    <message>
        <source>Extension</source>
        <translation>Extensión</translation>
    </message>
    <message>
        <source>Transaction</source>
        <translation>Transacción</translation>
    </message>
    <message>
        <source>PDU type</source>
        <translation>Tipo de PDU</translation>
    </message>
    <message>
        <source>Length of headers</source>
        <translation>Longitud de las cabeceras</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Datos</translation>
    </message>
    <message>
        <source>Code page</source>
        <translation>Página de códigos</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>Cabecera</translation>
    </message>
    <message>
        <source>Header of another page</source>
        <translation>Cabecera de otra página</translation>
    </message>
    <message>
        <source>Start line</source>
        <translation>Línea inicial</translation>
    </message>
    <message>
        <source>Short message</source>
        <translation>Mensaje corto</translation>
    </message>
    <message>
        <source>User data header</source>
        <translation>Cabecera de datos de usuario</translation>
    </message>
    <message>
        <source>Destination port</source>
        <translation>Puerto de destino</translation>
    </message>
    <message>
        <source>Originator port</source>
        <translation>Puerto de origen</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Referencia</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>Cuerpo</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>No se puede leer</translation>
    </message>
    <message>
        <source>the devices named in the push</source>
        <translation>los dispositivos nombrados en el push</translation>
    </message>
    <message>
        <source>the user the push is for</source>
        <translation>el usuario al que va el push</translation>
    </message>
    <message>
        <source>“Accepts pushes” of the device</source>
        <translation>«Acepta push» del dispositivo</translation>
    </message>
    <message>
        <source>the subscriptions of the device</source>
        <translation>las suscripciones del dispositivo</translation>
    </message>
    <message>
        <source>the content types of the device</source>
        <translation>los tipos de contenido del dispositivo</translation>
    </message>
    <message>
        <source>the largest message of the device</source>
        <translation>el mensaje más grande del dispositivo</translation>
    </message>
    <message>
        <source>when the push is to be sent</source>
        <translation>cuándo ha de enviarse el push</translation>
    </message>
    <message>
        <source>the time to live of the push</source>
        <translation>el tiempo de vida del push</translation>
    </message>
    <message>
        <source>the wake-up routes of the device</source>
        <translation>las rutas de activación del dispositivo</translation>
    </message>
    <message>
        <source>the section [bearer.NAME] of the configuration</source>
        <translation>la sección [bearer.NOMBRE] de la configuración</translation>
    </message>
    <message>
        <source>allowed_networks of the bearer</source>
        <translation>allowed_networks de la portadora</translation>
    </message>
    <message>
        <source>routes in the section [wake] of the configuration</source>
        <translation>routes en la sección [wake] de la configuración</translation>
    </message>
    <message>
        <source>attempts in the section [wake] of the configuration</source>
        <translation>attempts en la sección [wake] de la configuración</translation>
    </message>
    <message>
        <source>for a push</source>
        <translation>por un push</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>a mano</translation>
    </message>
    <message>
        <source>because the path got worse</source>
        <translation>porque el camino empeoró</translation>
    </message>
    <message>
        <source>before the registration runs out</source>
        <translation>antes de que venza el registro</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>sí</translation>
    </message>
    <message>
        <source>no</source>
        <translation>no</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>no preguntado</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 %2 (%3)</source>
        <translation>%1 %2 (%3)</translation>
    </message>
    <message>
        <source>A user needs an address such as sip:alice@lab.example.</source>
        <translation>Un usuario necesita una dirección como sip:alice@lab.example.</translation>
    </message>
    <message>
        <source>“%1” does not begin with sip:, sips: or tel:.</source>
        <translation>«%1» no empieza por sip:, sips: o tel:.</translation>
    </message>
    <message>
        <source>“%1” names no host; write user@host.</source>
        <translation>«%1» no indica ningún equipo; escriba usuario@equipo.</translation>
    </message>
    <message>
        <source>“%1” has a host name that cannot exist.</source>
        <translation>«%1» tiene un nombre de equipo que no puede existir.</translation>
    </message>
    <message>
        <source>A user&apos;s address may have at most 255 characters.</source>
        <translation>La dirección de un usuario puede tener como máximo 255 caracteres.</translation>
    </message>
    <message>
        <source>“%1” holds characters that an address may not have.</source>
        <translation>«%1» contiene caracteres que una dirección no puede tener.</translation>
    </message>
    <message>
        <source>“%1” is not a phone number in international form.</source>
        <translation>«%1» no es un número de teléfono en forma internacional.</translation>
    </message>
    <message>
        <source>There is no user %1.</source>
        <translation>No existe el usuario %1.</translation>
    </message>
    <message>
        <source>This server does not serve the user %1.</source>
        <translation>Este servidor no atiende al usuario %1.</translation>
    </message>
    <message>
        <source>A device needs an identifier.</source>
        <translation>Un dispositivo necesita un identificador.</translation>
    </message>
    <message>
        <source>A device identifier may have at most 255 characters.</source>
        <translation>El identificador de un dispositivo puede tener como máximo 255 caracteres.</translation>
    </message>
    <message>
        <source>“%1” is not a UUID.</source>
        <translation>«%1» no es un UUID.</translation>
    </message>
    <message>
        <source>“%1” is not an IMEI of 14 to 16 digits.</source>
        <translation>«%1» no es un IMEI de 14 a 16 cifras.</translation>
    </message>
    <message>
        <source>The check digit of the IMEI “%1” is wrong.</source>
        <translation>La cifra de control del IMEI «%1» es incorrecta.</translation>
    </message>
    <message>
        <source>“%1” is not a MAC address of 12 hexadecimal digits.</source>
        <translation>«%1» no es una dirección MAC de 12 cifras hexadecimales.</translation>
    </message>
    <message>
        <source>“%1” is not an ESN of 8 hexadecimal or 11 decimal digits.</source>
        <translation>«%1» no es un ESN de 8 cifras hexadecimales u 11 decimales.</translation>
    </message>
    <message>
        <source>“%1” is not an RFID of 24 or 32 hexadecimal digits.</source>
        <translation>«%1» no es un RFID de 24 o 32 cifras hexadecimales.</translation>
    </message>
    <message>
        <source>“%1” is not a fingerprint such as sha-256:…</source>
        <translation>«%1» no es una huella como sha-256:…</translation>
    </message>
    <message>
        <source>“%1” is not a URN.</source>
        <translation>«%1» no es un URN.</translation>
    </message>
    <message>
        <source>“%1” holds characters that a device identifier may not have.</source>
        <translation>«%1» contiene caracteres que un identificador de dispositivo no puede tener.</translation>
    </message>
    <message>
        <source>There is no device %1.</source>
        <translation>No existe el dispositivo %1.</translation>
    </message>
    <message>
        <source>The device %1 belongs to another user.</source>
        <translation>El dispositivo %1 pertenece a otro usuario.</translation>
    </message>
    <message>
        <source>The device %1 belongs to another user than the push is for.</source>
        <translation>El dispositivo %1 pertenece a un usuario distinto de aquel al que va el push.</translation>
    </message>
    <message>
        <source>The user has as many devices as allowed: %1.</source>
        <translation>El usuario ya tiene todos los dispositivos permitidos: %1.</translation>
    </message>
    <message>
        <source>The session %1 is registered by another device.</source>
        <translation>Otro dispositivo tiene registrada la sesión %1.</translation>
    </message>
    <message>
        <source>The TLS certificate cannot be read or made: %1.</source>
        <translation>No se puede leer ni crear el certificado TLS: %1.</translation>
    </message>
    <message>
        <source>The TLS private key cannot be read: %1.</source>
        <translation>No se puede leer la clave privada TLS: %1.</translation>
    </message>
    <message>
        <source>This Qt has no TLS. Switch the TLS listeners off.</source>
        <translation>Esta versión de Qt no tiene TLS. Desactive las escuchas TLS.</translation>
    </message>
    <message>
        <source>The device has as many connections as allowed (8): %1.</source>
        <translation>El dispositivo ya tiene todas las conexiones permitidas (8): %1.</translation>
    </message>
    <message>
        <source>The phone number is empty.</source>
        <translation>El número de teléfono está vacío.</translation>
    </message>
    <message>
        <source>“%1” holds characters that a phone number may not have.</source>
        <translation>«%1» contiene caracteres que un número de teléfono no puede tener.</translation>
    </message>
    <message>
        <source>“%1” is too short for an international phone number.</source>
        <translation>«%1» es demasiado corto para un número de teléfono internacional.</translation>
    </message>
    <message>
        <source>“%1” has more than the 15 digits of a phone number.</source>
        <translation>«%1» tiene más de las 15 cifras de un número de teléfono.</translation>
    </message>
    <message>
        <source>“%1” is a national number; begin with + and the country code.</source>
        <translation>«%1» es un número nacional; empiece por + y el prefijo del país.</translation>
    </message>
    <message>
        <source>No user has the phone number %1.</source>
        <translation>Ningún usuario tiene el número de teléfono %1.</translation>
    </message>
    <message>
        <source>The port is missing.</source>
        <translation>Falta el puerto.</translation>
    </message>
    <message>
        <source>“%1” is not a port number.</source>
        <translation>«%1» no es un número de puerto.</translation>
    </message>
    <message>
        <source>“%1” is not a port; ports are 1 to 65535.</source>
        <translation>«%1» no es un puerto; los puertos van de 1 a 65535.</translation>
    </message>
    <message>
        <source>The address is missing.</source>
        <translation>Falta la dirección.</translation>
    </message>
    <message>
        <source>“%1” is not an IP address.</source>
        <translation>«%1» no es una dirección IP.</translation>
    </message>
    <message>
        <source>“%1” is not a network such as 10.0.0.0/8.</source>
        <translation>«%1» no es una red como 10.0.0.0/8.</translation>
    </message>
    <message>
        <source>“%1” is no place for the identity; use body, header or header-value.</source>
        <translation>«%1» no es un lugar para la identidad; use body, header o header-value.</translation>
    </message>
    <message>
        <source>“%1” cannot be asked for in a SIR.</source>
        <translation>«%1» no se puede pedir en un SIR.</translation>
    </message>
    <message>
        <source>The push does not say whom it is for.</source>
        <translation>El push no dice para quién es.</translation>
    </message>
    <message>
        <source>The push names more than one kind of target; name one.</source>
        <translation>El push nombra más de una clase de destino; nombre una sola.</translation>
    </message>
    <message>
        <source>Nobody is known as %1.</source>
        <translation>No se conoce a nadie como %1.</translation>
    </message>
    <message>
        <source>There is no session %1.</source>
        <translation>No existe la sesión %1.</translation>
    </message>
    <message>
        <source>The content is larger than allowed: %1.</source>
        <translation>El contenido es más grande de lo permitido: %1.</translation>
    </message>
    <message>
        <source>“%1” is not a content type such as text/plain.</source>
        <translation>«%1» no es un tipo de contenido como text/plain.</translation>
    </message>
    <message>
        <source>The time to live is not usable: %1.</source>
        <translation>El tiempo de vida no se puede usar: %1.</translation>
    </message>
    <message>
        <source>Too many pushes wait already: %1.</source>
        <translation>Ya esperan demasiados push: %1.</translation>
    </message>
    <message>
        <source>The application with the session %1 is not registered at the moment.</source>
        <translation>La aplicación con la sesión %1 no está registrada en este momento.</translation>
    </message>
    <message>
        <source>Too many pushes wait for %1 already.</source>
        <translation>Ya esperan demasiados push para %1.</translation>
    </message>
    <message>
        <source>There is no push %1.</source>
        <translation>No existe el push %1.</translation>
    </message>
    <message>
        <source>The push %1 did not ask to be confirmed.</source>
        <translation>El push %1 no pidió que se confirmara.</translation>
    </message>
    <message>
        <source>The device says that its application did not take the push %1.</source>
        <translation>El dispositivo dice que su aplicación no aceptó el push %1.</translation>
    </message>
    <message>
        <source>The push %1 has not been sent to this device.</source>
        <translation>El push %1 no se ha enviado a este dispositivo.</translation>
    </message>
    <message>
        <source>The time to confirm the push %1 is over, or it had ended otherwise.</source>
        <translation>El tiempo para confirmar el push %1 ha pasado, o había terminado de otro modo.</translation>
    </message>
    <message>
        <source>The head of a message in a message cannot be read.</source>
        <translation>No se puede leer la cabecera de un mensaje dentro de un mensaje.</translation>
    </message>
    <message>
        <source>A message in a message does not say what it holds.</source>
        <translation>Un mensaje dentro de un mensaje no dice qué lleva.</translation>
    </message>
    <message>
        <source>A notification is too large: %1.</source>
        <translation>Una notificación es demasiado grande: %1.</translation>
    </message>
    <message>
        <source>What was compressed cannot be read.</source>
        <translation>No se puede leer lo que se había comprimido.</translation>
    </message>
    <message>
        <source>What is now or never cannot be confirmed: it has no time to live.</source>
        <translation>Lo que es ahora o nunca no se puede confirmar: no tiene tiempo de vida.</translation>
    </message>
    <message>
        <source>The push %1 has ended already.</source>
        <translation>El push %1 ya ha terminado.</translation>
    </message>
    <message>
        <source>There is no application server %1.</source>
        <translation>No existe el servidor de aplicaciones %1.</translation>
    </message>
    <message>
        <source>“%1” cannot be the name of an application server.</source>
        <translation>«%1» no puede ser el nombre de un servidor de aplicaciones.</translation>
    </message>
    <message>
        <source>There is an application server %1 already.</source>
        <translation>Ya existe un servidor de aplicaciones %1.</translation>
    </message>
    <message>
        <source>No wake-up route reaches %1; add one, or configure its bearer.</source>
        <translation>Ninguna ruta de activación alcanza %1; añada una o configure su portadora.</translation>
    </message>
    <message>
        <source>The wake-up route names no bearer.</source>
        <translation>La ruta de activación no indica ninguna portadora.</translation>
    </message>
    <message>
        <source>No bearer %1 is configured.</source>
        <translation>No hay configurada ninguna portadora %1.</translation>
    </message>
    <message>
        <source>There is no such type of bearer: %1.</source>
        <translation>No existe ese tipo de portadora: %1.</translation>
    </message>
    <message>
        <source>A bearer of this type has no such key: %1.</source>
        <translation>Una portadora de este tipo no tiene esa clave: %1.</translation>
    </message>
    <message>
        <source>A bearer has an unusable value: %1.</source>
        <translation>Una portadora tiene un valor que no se puede usar: %1.</translation>
    </message>
    <message>
        <source>This bearer cannot reach the address: %1.</source>
        <translation>Esta portadora no puede alcanzar la dirección: %1.</translation>
    </message>
    <message>
        <source>%1 is connected; there is nothing to wake.</source>
        <translation>%1 está conectado; no hay nada que activar.</translation>
    </message>
    <message>
        <source>There is no wake-up %1.</source>
        <translation>No existe la activación %1.</translation>
    </message>
    <message>
        <source>The wake-up %1 has ended already.</source>
        <translation>La activación %1 ya ha terminado.</translation>
    </message>
    <message>
        <source>The bearer may not send to %1; see its allowed_networks.</source>
        <translation>La portadora no puede enviar a %1; vea su allowed_networks.</translation>
    </message>
    <message>
        <source>“%1” is not an IP address, which this bearer needs.</source>
        <translation>«%1» no es una dirección IP, que es lo que necesita esta portadora.</translation>
    </message>
    <message>
        <source>The wake-up route names no port: %1.</source>
        <translation>La ruta de activación no indica ningún puerto: %1.</translation>
    </message>
    <message>
        <source>Nobody listens at %1.</source>
        <translation>Nadie escucha en %1.</translation>
    </message>
    <message>
        <source>Sending failed: %1.</source>
        <translation>El envío falló: %1.</translation>
    </message>
    <message>
        <source>The bearer cannot use its own address: %1.</source>
        <translation>La portadora no puede usar su propia dirección: %1.</translation>
    </message>
    <message>
        <source>%1 is not connected.</source>
        <translation>%1 no está conectado.</translation>
    </message>
    <message>
        <source>%1 did not answer.</source>
        <translation>%1 no respondió.</translation>
    </message>
    <message>
        <source>Cannot listen: %1.</source>
        <translation>No se puede escuchar: %1.</translation>
    </message>
    <message>
        <source>“%1” is not an address to listen on.</source>
        <translation>«%1» no es una dirección en la que escuchar.</translation>
    </message>
    <message>
        <source>The data folder cannot be used: %1.</source>
        <translation>La carpeta de datos no se puede usar: %1.</translation>
    </message>
    <message>
        <source>The operations token cannot be written: %1.</source>
        <translation>No se puede escribir el testigo de operaciones: %1.</translation>
    </message>
    <message>
        <source>The operations token is not there: %1.</source>
        <translation>El testigo de operaciones no está: %1.</translation>
    </message>
    <message>
        <source>A token is needed.</source>
        <translation>Hace falta un testigo.</translation>
    </message>
    <message>
        <source>The token is wrong.</source>
        <translation>El testigo es incorrecto.</translation>
    </message>
    <message>
        <source>The server is not running.</source>
        <translation>El servidor no está en marcha.</translation>
    </message>
    <message>
        <source>The server is stopping.</source>
        <translation>El servidor se está deteniendo.</translation>
    </message>
    <message>
        <source>There is no configuration file %1.</source>
        <translation>No existe el archivo de configuración %1.</translation>
    </message>
    <message>
        <source>The configuration file %1 cannot be read.</source>
        <translation>El archivo de configuración %1 no se puede leer.</translation>
    </message>
    <message>
        <source>The configuration cannot be understood: %1.</source>
        <translation>La configuración no se entiende: %1.</translation>
    </message>
    <message>
        <source>The configuration has an unknown key: %1.</source>
        <translation>La configuración tiene una clave desconocida: %1.</translation>
    </message>
    <message>
        <source>The configuration has an unusable value: %1.</source>
        <translation>La configuración tiene un valor que no se puede usar: %1.</translation>
    </message>
    <message>
        <source>The disk is full: %1.</source>
        <translation>El disco está lleno: %1.</translation>
    </message>
    <message>
        <source>Another program holds the database: %1.</source>
        <translation>Otro programa tiene tomada la base de datos: %1.</translation>
    </message>
    <message>
        <source>The database is damaged: %1.</source>
        <translation>La base de datos está dañada: %1.</translation>
    </message>
    <message>
        <source>The database cannot be written: %1.</source>
        <translation>No se puede escribir en la base de datos: %1.</translation>
    </message>
    <message>
        <source>The folder of the database is not there: %1.</source>
        <translation>La carpeta de la base de datos no está: %1.</translation>
    </message>
    <message>
        <source>There is no database yet: %1.</source>
        <translation>Aún no hay base de datos: %1.</translation>
    </message>
    <message>
        <source>This file is not a database of Reveille: %1.</source>
        <translation>Este archivo no es una base de datos de Reveille: %1.</translation>
    </message>
    <message>
        <source>The database was made by a newer version of Reveille: %1.</source>
        <translation>La base de datos la creó una versión más nueva de Reveille: %1.</translation>
    </message>
    <message>
        <source>The database was made by an older version; start the server once: %1.</source>
        <translation>La base de datos la creó una versión más antigua; inicie el servidor una vez: %1.</translation>
    </message>
    <message>
        <source>Reading was cancelled.</source>
        <translation>La lectura se canceló.</translation>
    </message>
    <message>
        <source>The database does not work: %1.</source>
        <translation>La base de datos no funciona: %1.</translation>
    </message>
    <message>
        <source>The database is closed.</source>
        <translation>La base de datos está cerrada.</translation>
    </message>
    <message>
        <source>There is nothing at %1.</source>
        <translation>No hay nada en %1.</translation>
    </message>
    <message>
        <source>%1 is not possible here.</source>
        <translation>%1 no es posible aquí.</translation>
    </message>
    <message>
        <source>The content type %1 is not understood here.</source>
        <translation>El tipo de contenido %1 no se entiende aquí.</translation>
    </message>
    <message>
        <source>The JSON text is too long.</source>
        <translation>El texto JSON es demasiado largo.</translation>
    </message>
    <message>
        <source>“%1” is no kind of journal row.</source>
        <translation>«%1» no es una clase de fila del diario.</translation>
    </message>
    <message>
        <source>“%1” is no limit; use 1 to 1000.</source>
        <translation>«%1» no es un límite; use de 1 a 1000.</translation>
    </message>
    <message>
        <source>“%1” is no time; use ISO 8601.</source>
        <translation>«%1» no es una hora; use ISO 8601.</translation>
    </message>
    <message>
        <source>“%1” is no journal row.</source>
        <translation>«%1» no es una fila del diario.</translation>
    </message>
    <message>
        <source>“%1” is no place to go on from.</source>
        <translation>«%1» no es un punto desde el que seguir.</translation>
    </message>
    <message>
        <source>Too many pushes of this application server wait already.</source>
        <translation>Ya esperan demasiados push de este servidor de aplicaciones.</translation>
    </message>
    <message>
        <source>What the content carries cannot be told for certain (%1), so that it takes all rights on content.</source>
        <translation>No se puede saber con certeza qué lleva el contenido (%1), por lo que requiere todos los permisos sobre contenidos.</translation>
    </message>
    <message>
        <source>Content of the class %1 takes a right of the application server, which it does not have.</source>
        <translation>El contenido de la clase %1 requiere un permiso que el servidor de aplicaciones no tiene.</translation>
    </message>
    <message>
        <source>Push cancelled by its application server</source>
        <translation>Push cancelado por su servidor de aplicaciones</translation>
    </message>
    <message>
        <source>Request as staff refused</source>
        <translation>Solicitud de personal rechazada</translation>
    </message>
    <message>
        <source>Application server may push</source>
        <translation>Servidor de aplicaciones autorizado a enviar push</translation>
    </message>
    <message>
        <source>Rights of an application server changed</source>
        <translation>Permisos de un servidor de aplicaciones cambiados</translation>
    </message>
    <message>
        <source>Application server may push no more</source>
        <translation>Servidor de aplicaciones sin autorización para enviar push</translation>
    </message>
    <message>
        <source>for %1</source>
        <translation>para %1</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>en %1</translation>
    </message>
    <message>
        <source>%1 more before it are not listed</source>
        <translation>%1 anteriores más no figuran</translation>
    </message>
    <message>
        <source>by its application server</source>
        <translation>por su servidor de aplicaciones</translation>
    </message>
    <message>
        <source>may address</source>
        <translation>puede dirigirse a</translation>
    </message>
    <message>
        <source>may send</source>
        <translation>puede enviar</translation>
    </message>
    <message>
        <source>pushes a second</source>
        <translation>push por segundo</translation>
    </message>
    <message>
        <source>pushes a day</source>
        <translation>push al día</translation>
    </message>
    <message>
        <source>Too many requests are half sent.</source>
        <translation>Hay demasiadas solicitudes enviadas a medias.</translation>
    </message>
    <message>
        <source>There are too many connections.</source>
        <translation>Hay demasiadas conexiones.</translation>
    </message>
    <message>
        <source>Too many are watching already.</source>
        <translation>Ya hay demasiados observando.</translation>
    </message>
    <message>
        <source>The request came too slowly.</source>
        <translation>La petición llegó demasiado despacio.</translation>
    </message>
    <message>
        <source>The SIR cannot be read (%1).</source>
        <translation>No se puede leer el SIR (%1).</translation>
    </message>
    <message>
        <source>The WSP push cannot be read (%1).</source>
        <translation>No se puede leer el push WSP (%1).</translation>
    </message>
    <message>
        <source>The SIP message cannot be read (%1).</source>
        <translation>No se puede leer el mensaje SIP (%1).</translation>
    </message>
    <message>
        <source>The HTTP message cannot be read (%1).</source>
        <translation>No se puede leer el mensaje HTTP (%1).</translation>
    </message>
    <message>
        <source>The CoAP message cannot be read (%1).</source>
        <translation>No se puede leer el mensaje CoAP (%1).</translation>
    </message>
    <message>
        <source>The STUN message cannot be read (%1).</source>
        <translation>No se puede leer el mensaje STUN (%1).</translation>
    </message>
    <message>
        <source>The JSON text cannot be read (%1).</source>
        <translation>No se puede leer el texto JSON (%1).</translation>
    </message>
    <message>
        <source>Registered</source>
        <translation>Registrado</translation>
    </message>
    <message>
        <source>Registration renewed</source>
        <translation>Registro renovado</translation>
    </message>
    <message>
        <source>Came back</source>
        <translation>Volvió</translation>
    </message>
    <message>
        <source>Registration removed</source>
        <translation>Registro retirado</translation>
    </message>
    <message>
        <source>Registration expired</source>
        <translation>Registro vencido</translation>
    </message>
    <message>
        <source>Removed by staff</source>
        <translation>Retirado por el personal</translation>
    </message>
    <message>
        <source>Registration refused</source>
        <translation>Registro rechazado</translation>
    </message>
    <message>
        <source>SIR sent</source>
        <translation>SIR enviado</translation>
    </message>
    <message>
        <source>Empty wake-up sent</source>
        <translation>Activación vacía enviada</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>Acuse</translation>
    </message>
    <message>
        <source>Wake-up started</source>
        <translation>Activación iniciada</translation>
    </message>
    <message>
        <source>Joined a wake-up</source>
        <translation>Unido a una activación</translation>
    </message>
    <message>
        <source>Wake-up attempt</source>
        <translation>Intento de activación</translation>
    </message>
    <message>
        <source>Wake-up succeeded</source>
        <translation>Activación lograda</translation>
    </message>
    <message>
        <source>Wake-up failed</source>
        <translation>Activación fallida</translation>
    </message>
    <message>
        <source>Wake-up cancelled</source>
        <translation>Activación cancelada</translation>
    </message>
    <message>
        <source>Push accepted</source>
        <translation>Push aceptado</translation>
    </message>
    <message>
        <source>Push waits</source>
        <translation>El push espera</translation>
    </message>
    <message>
        <source>Push wakes the device</source>
        <translation>El push activa el dispositivo</translation>
    </message>
    <message>
        <source>Push being sent</source>
        <translation>Push enviándose</translation>
    </message>
    <message>
        <source>Push answered</source>
        <translation>Push respondido</translation>
    </message>
    <message>
        <source>Push expired</source>
        <translation>Push caducado</translation>
    </message>
    <message>
        <source>Push cancelled</source>
        <translation>Push cancelado</translation>
    </message>
    <message>
        <source>Push replaced</source>
        <translation>Push reemplazado</translation>
    </message>
    <message>
        <source>Push undeliverable</source>
        <translation>Push no entregable</translation>
    </message>
    <message>
        <source>Push confirmed</source>
        <translation>Push confirmado</translation>
    </message>
    <message>
        <source>Push never confirmed</source>
        <translation>Push nunca confirmado</translation>
    </message>
    <message>
        <source>Confirmation ignored</source>
        <translation>Confirmación ignorada</translation>
    </message>
    <message>
        <source>Trigger received</source>
        <translation>Disparador recibido</translation>
    </message>
    <message>
        <source>Trigger refused</source>
        <translation>Disparador rechazado</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>desde %1</translation>
    </message>
    <message>
        <source>%1 from %2 · %3 (%4)</source>
        <translation>%1 desde %2 · %3 (%4)</translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <translation>%1 desde %2</translation>
    </message>
    <message>
        <source>away for %1</source>
        <translation>ausente durante %1</translation>
    </message>
    <message>
        <source>%1 says: %2 (attempt %3)</source>
        <translation>%1 dice: %2 (intento %3)</translation>
    </message>
    <message>
        <source>message id %1</source>
        <translation>id. de mensaje %1</translation>
    </message>
    <message>
        <source>%1 port %2</source>
        <translation>%1 puerto %2</translation>
    </message>
    <message>
        <source>over %1 to %2, attempt %3</source>
        <translation>por %1 a %2, intento %3</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n octet(s)</source>
        <translation>
            <numerusform>%1, %n octeto</numerusform>
            <numerusform>%1, %n octetos</numerusform>
        </translation>
    </message>
    <message>
        <source>without identity</source>
        <translation>sin identidad</translation>
    </message>
    <message>
        <source>identity %1</source>
        <translation>identidad %1</translation>
    </message>
    <message>
        <source>sent to %1</source>
        <translation>enviado a %1</translation>
    </message>
    <message>
        <source>%1; one was under way already</source>
        <translation>%1; ya había una en curso</translation>
    </message>
    <message>
        <source>after %1</source>
        <translation>tras %1</translation>
    </message>
    <message numerus="yes">
        <source>%n attempt(s)</source>
        <translation>
            <numerusform>%n intento</numerusform>
            <numerusform>%n intentos</numerusform>
        </translation>
    </message>
    <message>
        <source>got as far as: %1</source>
        <translation>llegó hasta: %1</translation>
    </message>
    <message>
        <source>valid for %1</source>
        <translation>válido durante %1</translation>
    </message>
    <message>
        <source>The device answered: %1</source>
        <translation>El dispositivo respondió: %1</translation>
    </message>
    <message numerus="yes">
        <source>sent %n time(s)</source>
        <translation>
            <numerusform>enviado %n vez</numerusform>
            <numerusform>enviado %n veces</numerusform>
        </translation>
    </message>
    <message>
        <source>The device registered</source>
        <translation>El dispositivo se registró</translation>
    </message>
    <message>
        <source>A packet came from the device</source>
        <translation>Llegó un paquete del dispositivo</translation>
    </message>
    <message>
        <source>The device answered us</source>
        <translation>El dispositivo nos respondió</translation>
    </message>
    <message>
        <source>The keep-alive is late, none came within %1</source>
        <translation>El mantenimiento de conexión se retrasa, no llegó ninguno en %1</translation>
    </message>
    <message>
        <source>Nothing was heard for %1</source>
        <translation>No se oyó nada durante %1</translation>
    </message>
    <message>
        <source>Our probe stayed unanswered</source>
        <translation>Nuestro sondeo quedó sin respuesta</translation>
    </message>
    <message>
        <source>Our request stayed unanswered</source>
        <translation>Nuestra petición quedó sin respuesta</translation>
    </message>
    <message>
        <source>The device closed the connection</source>
        <translation>El dispositivo cerró la conexión</translation>
    </message>
    <message>
        <source>The connection broke</source>
        <translation>La conexión se rompió</translation>
    </message>
    <message>
        <source>The network reported it unreachable</source>
        <translation>La red lo comunicó como inalcanzable</translation>
    </message>
    <message>
        <source>The registration ran out</source>
        <translation>El registro venció</translation>
    </message>
    <message>
        <source>The device removed its registration</source>
        <translation>El dispositivo retiró su registro</translation>
    </message>
    <message>
        <source>A newer connection of the device took over</source>
        <translation>Una conexión más nueva del dispositivo tomó el relevo</translation>
    </message>
    <message>
        <source>A wake-up was started</source>
        <translation>Se inició una activación</translation>
    </message>
    <message>
        <source>Wake-up attempt %1 was sent over %2</source>
        <translation>El intento de activación %1 se envió por %2</translation>
    </message>
    <message>
        <source>Every wake-up route was tried without success</source>
        <translation>Se probaron sin éxito todas las rutas de activación</translation>
    </message>
    <message>
        <source>The wake-up was cancelled</source>
        <translation>La activación se canceló</translation>
    </message>
    <message>
        <source>The device came back</source>
        <translation>El dispositivo volvió</translation>
    </message>
    <message>
        <source>The server restarted and has heard nothing since</source>
        <translation>El servidor se reinició y no ha oído nada desde entonces</translation>
    </message>
    <message>
        <source>%1, %2.</source>
        <translation>%1, %2.</translation>
    </message>
    <message>
        <source>Judged anew %1.</source>
        <translation>Se juzga de nuevo %1.</translation>
    </message>
    <message>
        <source>This device has never registered.</source>
        <translation>Este dispositivo no se ha registrado nunca.</translation>
    </message>
    <message>
        <source>Reachable now over %1, proven %2.</source>
        <translation>Alcanzable ahora por %1, probado %2.</translation>
    </message>
    <message>
        <source>Reachable now over %1, heard %2; not yet proven both ways.</source>
        <translation>Alcanzable ahora por %1, oído %2; aún no probado en ambos sentidos.</translation>
    </message>
    <message>
        <source>Doubtful over %1: %2, %3. The path is being probed.</source>
        <translation>Dudoso por %1: %2, %3. Se está sondeando el camino.</translation>
    </message>
    <message>
        <source>Not reachable: the pinhole has probably closed. %1, %2.</source>
        <translation>No alcanzable: la abertura (NAT) probablemente se ha cerrado. %1, %2.</translation>
    </message>
    <message>
        <source>Not reachable: the connection was interrupted. %1, %2.</source>
        <translation>No alcanzable: la conexión se interrumpió. %1, %2.</translation>
    </message>
    <message>
        <source>Not reachable: the registration ran out %1.</source>
        <translation>No alcanzable: el registro venció %1.</translation>
    </message>
    <message>
        <source>Not reachable: the device left. %1, %2.</source>
        <translation>No alcanzable: el dispositivo se fue. %1, %2.</translation>
    </message>
    <message>
        <source>Not reachable. %1, %2.</source>
        <translation>No alcanzable. %1, %2.</translation>
    </message>
    <message>
        <source>Being woken. %1, %2.</source>
        <translation>Se le está activando. %1, %2.</translation>
    </message>
    <message>
        <source>Being woken after a loss (%1). %2, %3.</source>
        <translation>Se le está activando tras una pérdida (%1). %2, %3.</translation>
    </message>
    <message>
        <source>Unreachable: %1, %2.</source>
        <translation>Inalcanzable: %1, %2.</translation>
    </message>
    <message>
        <source>Last heard %1.</source>
        <translation>Oído por última vez %1.</translation>
    </message>
    <message>
        <source>A wake-up over %1 stands ready.</source>
        <translation>Hay lista una activación por %1.</translation>
    </message>
    <message>
        <source>No wake-up route stands ready.</source>
        <translation>No hay lista ninguna ruta de activación.</translation>
    </message>
    <message>
        <source>If it is lost, a wake-up over %1 stands ready.</source>
        <translation>Si se pierde, hay lista una activación por %1.</translation>
    </message>
    <message>
        <source>If it is lost, no wake-up route stands ready.</source>
        <translation>Si se pierde, no hay lista ninguna ruta de activación.</translation>
    </message>
    <message>
        <source>The pinhole is expected to close %1; if it closes, a wake-up over %2 stands ready.</source>
        <translation>Se espera que la abertura (NAT) se cierre %1; si se cierra, hay lista una activación por %2.</translation>
    </message>
    <message>
        <source>The pinhole is expected to close %1; if it closes, no wake-up route stands ready.</source>
        <translation>Se espera que la abertura (NAT) se cierre %1; si se cierra, no hay lista ninguna ruta de activación.</translation>
    </message>
    <message>
        <source>It is probed %1 if nothing is heard; if it is lost, a wake-up over %2 stands ready.</source>
        <translation>Se le sondea %1 si no se oye nada; si se pierde, hay lista una activación por %2.</translation>
    </message>
    <message>
        <source>It is probed %1 if nothing is heard; if it is lost, no wake-up route stands ready.</source>
        <translation>Se le sondea %1 si no se oye nada; si se pierde, no hay lista ninguna ruta de activación.</translation>
    </message>
    <message>
        <source>Its registration runs out %1; after that, a wake-up over %2 stands ready.</source>
        <translation>Su registro vence %1; después hay lista una activación por %2.</translation>
    </message>
    <message>
        <source>Its registration runs out %1; after that, no wake-up route stands ready.</source>
        <translation>Su registro vence %1; después no hay lista ninguna ruta de activación.</translation>
    </message>
    <message numerus="yes">
        <source>%n push(es) wait for it.</source>
        <translation>
            <numerusform>%n push lo espera.</numerusform>
            <numerusform>%n push lo esperan.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was learned of the network %1.</source>
        <translation>No se ha aprendido nada de la red %1.</translation>
    </message>
    <message>
        <source>The device was heard from another address</source>
        <translation>El dispositivo se oyó desde otra dirección</translation>
    </message>
    <message>
        <source>What we sent was not acknowledged in time</source>
        <translation>Lo que enviamos no se confirmó a tiempo</translation>
    </message>
    <message>
        <source>Address changed</source>
        <translation>Cambio de dirección</translation>
    </message>
    <message>
        <source>the device hung up</source>
        <translation>el dispositivo colgó</translation>
    </message>
    <message>
        <source>no connection to the device came about</source>
        <translation>no se pudo establecer una conexión con el dispositivo</translation>
    </message>
    <message>
        <source>the request is older than the last one in its dialogue</source>
        <translation>la petición es anterior a la última de su diálogo</translation>
    </message>
    <message>
        <source>the session was not refreshed in time</source>
        <translation>la sesión no se renovó a tiempo</translation>
    </message>
    <message>
        <source>another certificate answered than was agreed on</source>
        <translation>respondió un certificado distinto del acordado</translation>
    </message>
    <message>
        <source>the network says that nobody is there</source>
        <translation>la red dice que no hay nadie</translation>
    </message>
    <message>
        <source>what came cannot be understood</source>
        <translation>lo recibido no se puede entender</translation>
    </message>
    <message>
        <source>the request came over two ways</source>
        <translation>la petición llegó por dos caminos</translation>
    </message>
    <message>
        <source>its answer was never acknowledged</source>
        <translation>su respuesta nunca se confirmó</translation>
    </message>
    <message>
        <source>it does not read what is sent to it</source>
        <translation>no lee lo que se le envía</translation>
    </message>
    <message>
        <source>it is not registered</source>
        <translation>no está registrado</translation>
    </message>
    <message>
        <source>it calls from where no device is registered</source>
        <translation>llama desde donde no hay ningún dispositivo registrado</translation>
    </message>
    <message>
        <source>a request before it is still open</source>
        <translation>una petición anterior sigue abierta</translation>
    </message>
    <message>
        <source>nobody there knows the request</source>
        <translation>allí nadie conoce la petición</translation>
    </message>
    <message>
        <source>the session description in its answer cannot be used</source>
        <translation>la descripción de sesión de su respuesta no sirve</translation>
    </message>
    <message>
        <source>its session would be refreshed too often</source>
        <translation>su sesión se renovaría con demasiada frecuencia</translation>
    </message>
    <message>
        <source>the session it offers cannot be used</source>
        <translation>la sesión que ofrece no sirve</translation>
    </message>
    <message>
        <source>the session is to lead to another host than its own</source>
        <translation>la sesión debería llevar a un equipo que no es el suyo</translation>
    </message>
    <message>
        <source>the connection of the session did not come about in time</source>
        <translation>la conexión de la sesión no se estableció a tiempo</translation>
    </message>
    <message>
        <source>it does not take this content type in a session</source>
        <translation>no acepta este tipo de contenido en una sesión</translation>
    </message>
    <message>
        <source>a session with pushes under way is there already</source>
        <translation>ya hay una sesión con envíos en curso</translation>
    </message>
    <message>
        <source>as many sessions are open as allowed</source>
        <translation>hay tantas sesiones abiertas como se permiten</translation>
    </message>
    <message>
        <source>too many requests are under way</source>
        <translation>hay demasiadas peticiones en curso</translation>
    </message>
    <message>
        <source>the connection named no session in time</source>
        <translation>la conexión no nombró ninguna sesión a tiempo</translation>
    </message>
    <message>
        <source>it could not be sent</source>
        <translation>no se pudo enviar</translation>
    </message>
    <message>
        <source>HTTP status %1</source>
        <translation>estado HTTP %1</translation>
    </message>
    <message>
        <source>the session could not be refreshed: %1</source>
        <translation>la sesión no se pudo renovar: %1</translation>
    </message>
    <message>
        <source>it does not take this content type</source>
        <translation>no acepta este tipo de contenido</translation>
    </message>
    <message>
        <source>too large for the device</source>
        <translation>demasiado grande para el dispositivo</translation>
    </message>
    <message>
        <source>the answer has no status of OTA-HTTP</source>
        <translation>la respuesta no lleva ningún estado de OTA-HTTP</translation>
    </message>
    <message>
        <source>nobody knows this terminal</source>
        <translation>nadie conoce este terminal</translation>
    </message>
    <message>
        <source>the device identity in the answer cannot be read</source>
        <translation>no se puede leer la identidad de dispositivo de la respuesta</translation>
    </message>
    <message>
        <source>the user in the answer cannot be read</source>
        <translation>no se puede leer el usuario de la respuesta</translation>
    </message>
    <message>
        <source>the terminal did not prove who it is</source>
        <translation>el terminal no demostró quién es</translation>
    </message>
    <message>
        <source>a password would be readable on the way; TLS is needed</source>
        <translation>una contraseña se podría leer por el camino; hace falta TLS</translation>
    </message>
    <message>
        <source>the terminal does not want to prove who it is</source>
        <translation>el terminal no quiere demostrar quién es</translation>
    </message>
    <message>
        <source>the terminal does not want to register</source>
        <translation>el terminal no quiere registrarse</translation>
    </message>
    <message>
        <source>the terminal does not know this server</source>
        <translation>el terminal no conoce este servidor</translation>
    </message>
    <message>
        <source>the terminal speaks another version of OTA-HTTP</source>
        <translation>el terminal habla otra versión de OTA-HTTP</translation>
    </message>
    <message>
        <source>TLS is not available</source>
        <translation>TLS no está disponible</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>conectado</translation>
    </message>
    <message>
        <source>registered</source>
        <translation>registrado</translation>
    </message>
    <message>
        <source>the connection was closed</source>
        <translation>se cerró la conexión</translation>
    </message>
    <message>
        <source>the other side answers</source>
        <translation>el otro lado responde</translation>
    </message>
    <message>
        <source>it is being connected</source>
        <translation>se está conectando</translation>
    </message>
    <message>
        <source>the connection was refused</source>
        <translation>se rechazó la conexión</translation>
    </message>
    <message>
        <source>the name cannot be resolved</source>
        <translation>no se puede resolver el nombre</translation>
    </message>
    <message>
        <source>TLS did not come about, or its certificate is not trusted</source>
        <translation>no se estableció TLS o no se confía en su certificado</translation>
    </message>
    <message>
        <source>the link to the SMSC broke</source>
        <translation>se cortó el enlace con el SMSC</translation>
    </message>
    <message>
        <source>the SMSC ended the link</source>
        <translation>el SMSC terminó el enlace</translation>
    </message>
    <message>
        <source>the SMSC does not keep to SMPP</source>
        <translation>el SMSC no cumple SMPP</translation>
    </message>
    <message>
        <source>the SMSC does not know the link any more</source>
        <translation>el SMSC ya no conoce el enlace</translation>
    </message>
    <message>
        <source>the SMSC knows the link already</source>
        <translation>el SMSC ya conoce el enlace</translation>
    </message>
    <message>
        <source>the SMSC refuses the link</source>
        <translation>el SMSC rechaza el enlace</translation>
    </message>
    <message>
        <source>the SMSC does not take the password</source>
        <translation>el SMSC no acepta la contraseña</translation>
    </message>
    <message>
        <source>the SMSC does not know the system_id</source>
        <translation>el SMSC no conoce el system_id</translation>
    </message>
    <message>
        <source>the SMSC does not take the system_type</source>
        <translation>el SMSC no acepta el system_type</translation>
    </message>
    <message>
        <source>the SMSC asks to slow down</source>
        <translation>el SMSC pide ir más despacio</translation>
    </message>
    <message>
        <source>the queue of the SMSC is full</source>
        <translation>la cola del SMSC está llena</translation>
    </message>
    <message>
        <source>the SMSC has a fault of its own</source>
        <translation>el SMSC tiene un fallo propio</translation>
    </message>
    <message>
        <source>the SMSC could not take the message</source>
        <translation>el SMSC no pudo aceptar el mensaje</translation>
    </message>
    <message>
        <source>the SMSC gives no reason</source>
        <translation>el SMSC no da ningún motivo</translation>
    </message>
    <message>
        <source>the SMSC gives a reason of its own</source>
        <translation>el SMSC da un motivo propio</translation>
    </message>
    <message>
        <source>the SMSC does not take such messages</source>
        <translation>el SMSC no acepta mensajes así</translation>
    </message>
    <message>
        <source>the SMSC does not take the number</source>
        <translation>el SMSC no acepta el número</translation>
    </message>
    <message>
        <source>the SMSC does not take the sender</source>
        <translation>el SMSC no acepta el remitente</translation>
    </message>
    <message>
        <source>the SMSC does not take the service type</source>
        <translation>el SMSC no acepta el tipo de servicio</translation>
    </message>
    <message>
        <source>there was nothing to send</source>
        <translation>no había nada que enviar</translation>
    </message>
    <message>
        <source>it needs more short messages than allowed</source>
        <translation>necesita más mensajes cortos de los permitidos</translation>
    </message>
    <message>
        <source>the terminal was not there in time</source>
        <translation>el terminal no estuvo disponible a tiempo</translation>
    </message>
    <message>
        <source>the SMSC deleted the message</source>
        <translation>el SMSC borró el mensaje</translation>
    </message>
    <message>
        <source>the network cannot deliver the message</source>
        <translation>la red no puede entregar el mensaje</translation>
    </message>
    <message>
        <source>the network rejected the message</source>
        <translation>la red rechazó el mensaje</translation>
    </message>
    <message>
        <source>the SMSC does not know what became of the message</source>
        <translation>el SMSC no sabe qué fue del mensaje</translation>
    </message>
    <message>
        <source>too long for a USSD string</source>
        <translation>demasiado largo para una cadena USSD</translation>
    </message>
    <message>
        <source>the terminal has another USSD dialogue</source>
        <translation>el terminal tiene otro diálogo USSD</translation>
    </message>
    <message>
        <source>the network could not bring the USSD string to the terminal</source>
        <translation>la red no pudo llevar la cadena USSD al terminal</translation>
    </message>
    <message>
        <source>the USSD string was not answered</source>
        <translation>la cadena USSD quedó sin respuesta</translation>
    </message>
    <message>
        <source>the number is missing</source>
        <translation>falta el número</translation>
    </message>
    <message>
        <source>the address is not a phone number</source>
        <translation>la dirección no es un número de teléfono</translation>
    </message>
    <message>
        <source>the number is too short</source>
        <translation>el número es demasiado corto</translation>
    </message>
    <message>
        <source>the number is too long</source>
        <translation>el número es demasiado largo</translation>
    </message>
    <message>
        <source>the number has no country code</source>
        <translation>el número no lleva prefijo de país</translation>
    </message>
    <message>
        <source>Nobody knows the terminal %1.</source>
        <translation>Nadie conoce el terminal %1.</translation>
    </message>
    <message>
        <source>The device identity %1 cannot be read.</source>
        <translation>No se puede leer la identidad de dispositivo %1.</translation>
    </message>
    <message>
        <source>The user %1 cannot be read.</source>
        <translation>No se puede leer el usuario %1.</translation>
    </message>
    <message>
        <source>The user name or the password is wrong: %1.</source>
        <translation>El nombre de usuario o la contraseña no son correctos: %1.</translation>
    </message>
    <message>
        <source>The connection was closed: %1.</source>
        <translation>Se cerró la conexión: %1.</translation>
    </message>
    <message>
        <source>The OTA-HTTP message cannot be read (%1).</source>
        <translation>No se puede leer el mensaje OTA-HTTP (%1).</translation>
    </message>
    <message>
        <source>The wake-up needs %1 short messages, more than the bearer may send.</source>
        <translation>La activación necesita %1 mensajes cortos, más de los que la portadora puede enviar.</translation>
    </message>
    <message>
        <source>The wake-up is too long for a USSD string: %1.</source>
        <translation>La activación es demasiado larga para una cadena USSD: %1.</translation>
    </message>
    <message>
        <source>The terminal has another USSD dialogue: %1.</source>
        <translation>El terminal tiene otro diálogo USSD: %1.</translation>
    </message>
    <message>
        <source>The short message cannot be read (%1).</source>
        <translation>No se puede leer el mensaje corto (%1).</translation>
    </message>
    <message>
        <source>The SMPP message cannot be read or written (%1).</source>
        <translation>No se puede leer o escribir el mensaje SMPP (%1).</translation>
    </message>
    <message>
        <source>The USSD string cannot be read (%1).</source>
        <translation>No se puede leer la cadena USSD (%1).</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Packets in</source>
        <translation>Paquetes de entrada</translation>
    </message>
    <message>
        <source>Packets out</source>
        <translation>Paquetes de salida</translation>
    </message>
    <message>
        <source>Probe lost</source>
        <translation>Sondeo perdido</translation>
    </message>
    <message>
        <source>Push missed</source>
        <translation>Push sin respuesta</translation>
    </message>
    <message>
        <source>Wake-up message sent</source>
        <translation>Mensaje de activación enviado</translation>
    </message>
    <message numerus="yes">
        <source>%n packet(s) in</source>
        <translation>
            <numerusform>%n paquete de entrada</numerusform>
            <numerusform>%n paquetes de entrada</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n packet(s) out</source>
        <translation>
            <numerusform>%n paquete de salida</numerusform>
            <numerusform>%n paquetes de salida</numerusform>
        </translation>
    </message>
    <message>
        <source>Address changed: %1</source>
        <translation>Dirección cambiada: %1</translation>
    </message>
    <message>
        <source>test path</source>
        <translation>camino de prueba</translation>
    </message>
    <message>
        <source>traffic</source>
        <translation>tráfico</translation>
    </message>
    <message>
        <source>missed push</source>
        <translation>push sin respuesta</translation>
    </message>
    <message>
        <source>still open after %1 of silence (%2)</source>
        <translation>aún abierto tras %1 de silencio (%2)</translation>
    </message>
    <message>
        <source>closed after %1 of silence (%2)</source>
        <translation>cerrado tras %1 de silencio (%2)</translation>
    </message>
    <message>
        <source>%1 (%2 to %3)</source>
        <translation>%1 (de %2 a %3)</translation>
    </message>
    <message>
        <source>more than %1</source>
        <translation>más de %1</translation>
    </message>
    <message>
        <source>less than %1</source>
        <translation>menos de %1</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>aún no se sabe</translation>
    </message>
    <message>
        <source>In %1 a quiet %2 path stays open for about %3: still open after %4, closed after %5.</source>
        <translation>En %1 un camino %2 en silencio sigue abierto unos %3: aún abierto tras %4, cerrado tras %5.</translation>
    </message>
    <message>
        <source>In %1 a quiet %2 path was still open after %3; it has not been seen to close.</source>
        <translation>En %1 un camino %2 en silencio seguía abierto tras %3; no se le ha visto cerrarse.</translation>
    </message>
    <message>
        <source>In %1 a quiet %2 path was closed after %3; how much shorter a silence it stands is being learned.</source>
        <translation>En %1 un camino %2 en silencio estaba cerrado tras %3; se está aprendiendo qué silencio más corto aguanta.</translation>
    </message>
    <message>
        <source>Nothing is known yet of quiet %2 paths in %1.</source>
        <translation>Aún no se sabe nada de caminos %2 en silencio en %1.</translation>
    </message>
    <message>
        <source>Clients there are told to send a keep-alive every %1.</source>
        <translation>A los clientes de allí se les pide dar señal cada %1.</translation>
    </message>
    <message>
        <source>Clients there are told nothing yet.</source>
        <translation>A los clientes de allí aún no se les pide nada.</translation>
    </message>
    <message numerus="yes">
        <source>Learned from %n sample(s), confidence %1 %.</source>
        <translation>
            <numerusform>Aprendido de %n muestra, confianza %1 %.</numerusform>
            <numerusform>Aprendido de %n muestras, confianza %1 %.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>learned from %n sample(s) in %1</source>
        <translation>
            <numerusform>aprendido de %n muestra en %1</numerusform>
            <numerusform>aprendido de %n muestras en %1</numerusform>
        </translation>
    </message>
    <message>
        <source>The pinhole is expected to close %1, %2; if it closes, a wake-up over %3 stands ready.</source>
        <translation>Se espera que la abertura (NAT) se cierre %1, %2; si se cierra, hay lista una activación por %3.</translation>
    </message>
    <message>
        <source>The pinhole is expected to close %1, %2; if it closes, no wake-up route stands ready.</source>
        <translation>Se espera que la abertura (NAT) se cierre %1, %2; si se cierra, no hay lista ninguna ruta de activación.</translation>
    </message>
    <message>
        <source>lost because</source>
        <translation>perdido porque</translation>
    </message>
    <message>
        <source>before over</source>
        <translation>antes por</translation>
    </message>
    <message>
        <source>before from</source>
        <translation>antes desde</translation>
    </message>
    <message>
        <source>session before</source>
        <translation>sesión anterior</translation>
    </message>
    <message>
        <source>session</source>
        <translation>sesión</translation>
    </message>
    <message>
        <source>subscriptions</source>
        <translation>suscripciones</translation>
    </message>
    <message>
        <source>waiting pushes</source>
        <translation>push en espera</translation>
    </message>
    <message>
        <source>network</source>
        <translation>red</translation>
    </message>
    <message>
        <source>before, ms</source>
        <translation>antes, ms</translation>
    </message>
    <message>
        <source>after, ms</source>
        <translation>después, ms</translation>
    </message>
    <message>
        <source>confidence, %</source>
        <translation>confianza, %</translation>
    </message>
    <message>
        <source>Keep-alive interval learned</source>
        <translation>Intervalo de mantenimiento aprendido</translation>
    </message>
    <message>
        <source>Keep-alive interval lowered</source>
        <translation>Intervalo de mantenimiento reducido</translation>
    </message>
    <message>
        <source>before: %1 from %2</source>
        <translation>antes: %1 desde %2</translation>
    </message>
    <message>
        <source>waiting pushes: %1</source>
        <translation>push en espera: %1</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>listo</translation>
    </message>
    <message>
        <source>no network is named that it may send to</source>
        <translation>no se indica ninguna red a la que pueda enviar</translation>
    </message>
    <message>
        <source>it asked to be left alone for a while</source>
        <translation>pidió que se le deje en paz un rato</translation>
    </message>
    <message>
        <source>the address is not an http address</source>
        <translation>la dirección no es una dirección http</translation>
    </message>
    <message>
        <source>no connection came about</source>
        <translation>no se logró conectar</translation>
    </message>
    <message>
        <source>the answer is not HTTP</source>
        <translation>la respuesta no es HTTP</translation>
    </message>
    <message>
        <source>the head of the answer is too large</source>
        <translation>la cabecera de la respuesta es demasiado grande</translation>
    </message>
    <message>
        <source>the answer is too large</source>
        <translation>la respuesta es demasiado grande</translation>
    </message>
    <message>
        <source>the answer was cut off</source>
        <translation>la respuesta quedó cortada</translation>
    </message>
    <message>
        <source>the address is not a SIP URI</source>
        <translation>la dirección no es un URI SIP</translation>
    </message>
    <message>
        <source>the address is not a GRUU</source>
        <translation>la dirección no es un GRUU</translation>
    </message>
    <message>
        <source>the GRUU is not one of this server</source>
        <translation>el GRUU no es de este servidor</translation>
    </message>
    <message>
        <source>the GRUU is that of another user</source>
        <translation>el GRUU es de otro usuario</translation>
    </message>
    <message>
        <source>the device of the GRUU has no live path</source>
        <translation>el dispositivo del GRUU no tiene un camino vivo</translation>
    </message>
    <message>
        <source>the service runs</source>
        <translation>el servicio está en marcha</translation>
    </message>
    <message>
        <source>the service stops</source>
        <translation>el servicio se detiene</translation>
    </message>
    <message>
        <source>no phone is connected</source>
        <translation>no hay ningún teléfono conectado</translation>
    </message>
    <message>
        <source>the phone did not answer</source>
        <translation>el teléfono no respondió</translation>
    </message>
    <message>
        <source>the phone did not take it</source>
        <translation>el teléfono no lo aceptó</translation>
    </message>
    <message>
        <source>the configuration of the phone is wrong</source>
        <translation>la configuración del teléfono es incorrecta</translation>
    </message>
    <message>
        <source>the phone sent it</source>
        <translation>el teléfono lo envió</translation>
    </message>
    <message>
        <source>the phone answers</source>
        <translation>el teléfono responde</translation>
    </message>
    <message>
        <source>“%1” is not a SIP URI.</source>
        <translation>“%1” no es un URI SIP.</translation>
    </message>
    <message>
        <source>“%1” is not a GRUU.</source>
        <translation>“%1” no es un GRUU.</translation>
    </message>
    <message>
        <source>The GRUU %1 is not one of this server.</source>
        <translation>El GRUU %1 no es de este servidor.</translation>
    </message>
    <message>
        <source>The GRUU is that of another user, %1.</source>
        <translation>El GRUU es de otro usuario, %1.</translation>
    </message>
    <message>
        <source>The device %1 has no live path.</source>
        <translation>El dispositivo %1 no tiene un camino vivo.</translation>
    </message>
    <message>
        <source>SIP is not served, so no bearer can use it: %1.</source>
        <translation>SIP no está en servicio, así que ningún portador puede usarlo: %1.</translation>
    </message>
    <message>
        <source>“%1” is not an http address.</source>
        <translation>“%1” no es una dirección http.</translation>
    </message>
    <message>
        <source>The name %1 cannot be resolved.</source>
        <translation>El nombre %1 no se puede resolver.</translation>
    </message>
    <message>
        <source>The connection was refused: %1.</source>
        <translation>Se rechazó la conexión: %1.</translation>
    </message>
    <message>
        <source>No connection came about: %1.</source>
        <translation>No se logró conectar: %1.</translation>
    </message>
    <message>
        <source>TLS did not come about, or its certificate is not trusted: %1.</source>
        <translation>No se logró TLS, o su certificado no es de confianza: %1.</translation>
    </message>
    <message>
        <source>Wake-up moved to another bearer</source>
        <translation>Activación pasada a otro portador</translation>
    </message>
    <message>
        <source>Wake-up waits its turn</source>
        <translation>La activación espera su turno</translation>
    </message>
    <message>
        <source>Information returned</source>
        <translation>Información devuelta</translation>
    </message>
    <message>
        <source>Device refused</source>
        <translation>El dispositivo se negó</translation>
    </message>
    <message>
        <source>waits its turn</source>
        <translation>espera su turno</translation>
    </message>
    <message>
        <source>the device renewed its registration</source>
        <translation>el dispositivo renovó su registro</translation>
    </message>
    <message>
        <source>the wake policy lets only staff wake the device</source>
        <translation>la política de activación solo permite que el personal active el dispositivo</translation>
    </message>
    <message>
        <source>too many wake-ups wait already</source>
        <translation>ya esperan demasiadas activaciones</translation>
    </message>
    <message>
        <source>what the device returned is too large</source>
        <translation>lo que devolvió el dispositivo es demasiado grande</translation>
    </message>
    <message>
        <source>what the device returned names no request that can be read</source>
        <translation>lo que devolvió el dispositivo no nombra ninguna petición legible</translation>
    </message>
    <message>
        <source>it was sent in another user&apos;s name</source>
        <translation>se envió en nombre de otro usuario</translation>
    </message>
    <message>
        <source>the wake-up is still under way</source>
        <translation>la activación sigue en curso</translation>
    </message>
    <message>
        <source>what</source>
        <translation>qué</translation>
    </message>
    <message>
        <source>over</source>
        <translation>por</translation>
    </message>
    <message>
        <source>repeats</source>
        <translation>repite</translation>
    </message>
    <message>
        <source>The wake policy lets only staff wake it; see %1.</source>
        <translation>La política de activación solo permite que lo active el personal; véase %1.</translation>
    </message>
    <message>
        <source>%1 wake-ups wait already; try again later.</source>
        <translation>Ya esperan %1 activaciones; inténtelo más tarde.</translation>
    </message>
    <message>
        <source>The wake-up %1 is under way; name another bearer to move it there.</source>
        <translation>La activación %1 está en curso; nombre otro portador para pasarla a él.</translation>
    </message>
    <message>
        <source>Does the wake policy allow it?</source>
        <translation>¿Lo permite la política de activación?</translation>
    </message>
    <message>
        <source>policy in the section [wake] of the configuration</source>
        <translation>policy en la sección [wake] de la configuración</translation>
    </message>
    <message>
        <source>the wake policy of the user</source>
        <translation>la política de activación del usuario</translation>
    </message>
    <message>
        <source>the socket is open; UDP has no peer that could answer</source>
        <translation>el socket está abierto; en UDP no hay quien pueda responder</translation>
    </message>
    <message>
        <source>the server stops</source>
        <translation>el servidor se detiene</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>Funciona</translation>
    </message>
    <message>
        <source>Works: %1</source>
        <translation>Funciona: %1</translation>
    </message>
    <message>
        <source>Does not work</source>
        <translation>No funciona</translation>
    </message>
    <message>
        <source>Does not work: %1</source>
        <translation>No funciona: %1</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 does not work.</source>
        <translation>%1 no funciona.</translation>
    </message>
    <message>
        <source>%1 does not work: %2.</source>
        <translation>%1 no funciona: %2.</translation>
    </message>
    <message>
        <source>Wake-ups pass it over until it does.</source>
        <translation>Las activaciones la pasan por alto hasta que funcione.</translation>
    </message>
    <message>
        <source>%1 works.</source>
        <translation>%1 funciona.</translation>
    </message>
    <message>
        <source>%1 works, but: %2.</source>
        <translation>%1 funciona, pero: %2.</translation>
    </message>
    <message>
        <source>Nothing was sent over it yet.</source>
        <translation>Todavía no se ha enviado nada por ella.</translation>
    </message>
    <message>
        <source>Messages: %L1 taken by the carrier, %L2 failed, %L3 with a receipt that the terminal has them.</source>
        <translation>Mensajes: %L1 aceptados por el operador, %L2 fallidos, %L3 con acuse de que el terminal los tiene.</translation>
    </message>
    <message>
        <source>%L1 wait for their turn, %L2 are on the way.</source>
        <translation>%L1 esperan su turno, %L2 van de camino.</translation>
    </message>
    <message>
        <source>The peer says: %1</source>
        <translation>El otro extremo dice: %1</translation>
    </message>
    <message>
        <source>it works</source>
        <translation>funciona</translation>
    </message>
    <message>
        <source>it does not work</source>
        <translation>no funciona</translation>
    </message>
    <message>
        <source>%1, after %2</source>
        <translation>%1, tras %2</translation>
    </message>
    <message>
        <source>%1 of %2 octets: fits into one message.</source>
        <translation>%1 de %2 octetos: cabe en un mensaje.</translation>
    </message>
    <message numerus="yes">
        <source>%1 octets, of which %2 fit into one message: needs %n message(s).</source>
        <translation>
            <numerusform>%1 octetos, de los que %2 caben en un mensaje: necesita %n mensaje.</numerusform>
            <numerusform>%1 octetos, de los que %2 caben en un mensaje: necesita %n mensajes.</numerusform>
        </translation>
    </message>
    <message>
        <source>Refused to come, over %1</source>
        <translation>Se negó a venir, por %1</translation>
    </message>
    <message>
        <source>Refused to come, over %1: %2</source>
        <translation>Se negó a venir, por %1: %2</translation>
    </message>
    <message>
        <source>%1, over %2</source>
        <translation>%1, por %2</translation>
    </message>
    <message>
        <source>%1, over %2: %3</source>
        <translation>%1, por %2: %3</translation>
    </message>
    <message>
        <source>The user has another name on line %1.</source>
        <translation>El usuario tiene otro nombre en la línea %1.</translation>
    </message>
    <message>
        <source>The user has another password on a line before.</source>
        <translation>El usuario tiene otra contraseña en una línea anterior.</translation>
    </message>
    <message>
        <source>The device stands on line %1 already.</source>
        <translation>El dispositivo ya está en la línea %1.</translation>
    </message>
    <message>
        <source>This belongs to a device, but the row names none.</source>
        <translation>Esto pertenece a un dispositivo, pero la fila no nombra ninguno.</translation>
    </message>
    <message>
        <source>The file is empty; its first row names the columns.</source>
        <translation>El archivo está vacío; su primera fila nombra las columnas.</translation>
    </message>
    <message>
        <source>There is no column “%1”.</source>
        <translation>No hay ninguna columna «%1».</translation>
    </message>
    <message>
        <source>The column “%1” stands there twice.</source>
        <translation>La columna «%1» está dos veces.</translation>
    </message>
    <message>
        <source>The column “%1” is missing.</source>
        <translation>Falta la columna «%1».</translation>
    </message>
    <message>
        <source>The file has more than %1 rows.</source>
        <translation>El archivo tiene más de %1 filas.</translation>
    </message>
    <message>
        <source>This is not UTF-8; save the file as UTF-8.</source>
        <translation>Esto no es UTF-8; guarde el archivo como UTF-8.</translation>
    </message>
    <message>
        <source>A quotation mark stands within a cell, or something follows the closing one.</source>
        <translation>Hay unas comillas dentro de una celda, o algo sigue a las de cierre.</translation>
    </message>
    <message>
        <source>There are more cells than columns (%1).</source>
        <translation>Hay más celdas que columnas (%1).</translation>
    </message>
    <message>
        <source>A cell is longer than 8192 octets.</source>
        <translation>Una celda supera los 8192 octetos.</translation>
    </message>
    <message>
        <source>A quotation mark is opened here and never closed.</source>
        <translation>Aquí se abren unas comillas que nunca se cierran.</translation>
    </message>
    <message>
        <source>At most %1 characters fit here.</source>
        <translation>Aquí caben como mucho %1 caracteres.</translation>
    </message>
    <message>
        <source>“%1” holds control characters.</source>
        <translation>«%1» contiene caracteres de control.</translation>
    </message>
    <message>
        <source>“%1” is not a number that fits here.</source>
        <translation>«%1» no es un número válido aquí.</translation>
    </message>
    <message>
        <source>“%1” is neither yes nor no.</source>
        <translation>«%1» no es ni yes ni no.</translation>
    </message>
    <message>
        <source>“%1” is not a time such as 22:00.</source>
        <translation>«%1» no es una hora como 22:00.</translation>
    </message>
    <message>
        <source>“%1” is not a time zone such as Europe/Madrid.</source>
        <translation>«%1» no es una zona horaria como Europe/Madrid.</translation>
    </message>
    <message>
        <source>No application is registered with the number %1.</source>
        <translation>Ninguna aplicación está registrada con el número %1.</translation>
    </message>
    <message>
        <source>Quiet hours need a beginning and an end.</source>
        <translation>Las horas de silencio necesitan principio y fin.</translation>
    </message>
    <message>
        <source>“%1” in braces means nothing; {00..99}, {n} and {uuid} do, and braces themselves are written twice.</source>
        <translation>«%1» entre llaves no significa nada; sí {00..99}, {n} y {uuid}, y las propias llaves se escriben dobles.</translation>
    </message>
    <message>
        <source>A brace is never closed: “%1”.</source>
        <translation>Una llave nunca se cierra: «%1».</translation>
    </message>
    <message>
        <source>“%1” does not count up; write 00..99.</source>
        <translation>«%1» no cuenta hacia arriba; escriba 00..99.</translation>
    </message>
    <message>
        <source>The ranges of a row must count alike: “%1”.</source>
        <translation>Los rangos de una fila deben contar lo mismo: «%1».</translation>
    </message>
    <message>
        <source>{n} needs a range such as {00..99} in the same row.</source>
        <translation>{n} necesita un rango como {00..99} en la misma fila.</translation>
    </message>
    <message>
        <source>A range may count to at most %1 rows.</source>
        <translation>Un rango puede contar como mucho %1 filas.</translation>
    </message>
    <message>
        <source>A route needs a bearer.</source>
        <translation>Una ruta necesita una portadora.</translation>
    </message>
    <message>
        <source>“%1” names no address; write bearer:address:port.</source>
        <translation>«%1» no nombra ninguna dirección; escriba portadora:dirección:puerto.</translation>
    </message>
    <message>
        <source>Write the address of “%1” in angle brackets.</source>
        <translation>Escriba la dirección de «%1» entre ángulos.</translation>
    </message>
    <message>
        <source>The brackets of “%1” do not match.</source>
        <translation>Los paréntesis de «%1» no casan.</translation>
    </message>
    <message>
        <source>A device may have at most %1 routes.</source>
        <translation>Un dispositivo puede tener como mucho %1 rutas.</translation>
    </message>
    <message>
        <source>A list may have at most %1 items.</source>
        <translation>Una lista puede tener como mucho %1 elementos.</translation>
    </message>
    <message>
        <source>The file is larger than %1 octets (operations/import_octets).</source>
        <translation>El archivo supera los %1 octetos (operations/import_octets).</translation>
    </message>
    <message>
        <source>The file could not be written: %1.</source>
        <translation>No se pudo escribir el archivo: %1.</translation>
    </message>
    <message>
        <source>Kannel does not take the user or its password</source>
        <translation>Kannel no acepta el usuario o su contraseña</translation>
    </message>
    <message>
        <source>GSM modem</source>
        <translation>Módem GSM</translation>
    </message>
    <message>
        <source>No answer came: %1.</source>
        <translation>No llegó respuesta: %1.</translation>
    </message>
    <message>
        <source>Nothing was imported, since rows cannot be: %1.</source>
        <translation>No se importó nada, pues hay filas que no se pueden importar: %1.</translation>
    </message>
    <message>
        <source>The file cannot be read as a list of subscribers.</source>
        <translation>El archivo no se puede leer como lista de abonados.</translation>
    </message>
    <message>
        <source>The query “%1” takes 1 or 0.</source>
        <translation>La consulta «%1» admite 1 o 0.</translation>
    </message>
    <message>
        <source>There is no query “%1” here.</source>
        <translation>Aquí no hay ninguna consulta «%1».</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>en espera</translation>
    </message>
    <message>
        <source>the wake policy of the device</source>
        <translation>la política de activación del dispositivo</translation>
    </message>
    <message>
        <source>What the device returned cannot be read (%1).</source>
        <translation>No se puede leer lo que devolvió el dispositivo (%1).</translation>
    </message>
    <message>
        <source>as its user, or the server, says</source>
        <translation>como diga su usuario o el servidor</translation>
    </message>
    <message>
        <source>when a push is for it</source>
        <translation>cuando hay un push para él</translation>
    </message>
    <message>
        <source>when a push is for it, and when its path goes bad</source>
        <translation>cuando hay un push para él y cuando su camino se estropea</translation>
    </message>
    <message>
        <source>never: pushes wait until it comes back</source>
        <translation>nunca: los push esperan hasta que vuelva</translation>
    </message>
    <message>
        <source>The PAP document cannot be read (%1).</source>
        <translation>El documento PAP no se puede leer (%1).</translation>
    </message>
    <message>
        <source>The multipart message cannot be read (%1).</source>
        <translation>El mensaje de varias partes no se puede leer (%1).</translation>
    </message>
    <message>
        <source>The content type cannot be read (%1).</source>
        <translation>El tipo de contenido no se puede leer (%1).</translation>
    </message>
    <message>
        <source>The push %1 is being sent already.</source>
        <translation>El push %1 ya se está enviando.</translation>
    </message>
    <message>
        <source>The application server has used the push identifier %1 before.</source>
        <translation>El servidor de aplicaciones ya ha usado antes el identificador de push %1.</translation>
    </message>
    <message>
        <source>The push has no content.</source>
        <translation>El push no tiene contenido.</translation>
    </message>
    <message>
        <source>No device of the recipient can do what the push assumes: %1.</source>
        <translation>Ningún dispositivo del destinatario puede hacer lo que el push supone: %1.</translation>
    </message>
    <message>
        <source>The client profile that came with the push cannot be read: %1.</source>
        <translation>El perfil de cliente que acompaña al push no se puede leer: %1.</translation>
    </message>
    <message>
        <source>The client profile that came with the push names nothing that can be compared.</source>
        <translation>El perfil de cliente que acompaña al push no nombra nada que se pueda comparar.</translation>
    </message>
    <message>
        <source>The push requires the network %1, which is not served.</source>
        <translation>El push exige la red %1, que no se sirve.</translation>
    </message>
    <message>
        <source>The push requires the bearer %1, which is not served.</source>
        <translation>El push exige el portador %1, que no se sirve.</translation>
    </message>
    <message>
        <source>A push waits for 366 days at most; this one names a time after that: %1.</source>
        <translation>Un push espera 366 días como máximo; este indica una hora posterior: %1.</translation>
    </message>
    <message>
        <source>The push may never be delivered between the times it names: %1.</source>
        <translation>El push no puede entregarse nunca entre las horas que indica: %1.</translation>
    </message>
    <message>
        <source>Results cannot be told to “%1”, which is not an http address.</source>
        <translation>Los resultados no se pueden comunicar a «%1», que no es una dirección http.</translation>
    </message>
    <message>
        <source>Results may not be told to %1; see triggers/notify_networks.</source>
        <translation>No se permite comunicar resultados a %1; véase triggers/notify_networks.</translation>
    </message>
    <message>
        <source>Nobody is configured for the push address %1; see triggers/pap_addresses.</source>
        <translation>No hay nadie configurado para la dirección de push %1; véase triggers/pap_addresses.</translation>
    </message>
    <message>
        <source>Result notification taken</source>
        <translation>Aviso de resultado aceptado</translation>
    </message>
    <message>
        <source>Result notification given up</source>
        <translation>Aviso de resultado abandonado</translation>
    </message>
    <message>
        <source>content provider</source>
        <translation>proveedor del contenido</translation>
    </message>
    <message>
        <source>signed by</source>
        <translation>firmado por</translation>
    </message>
    <message>
        <source>topic</source>
        <translation>tema</translation>
    </message>
    <message>
        <source>urgency</source>
        <translation>urgencia</translation>
    </message>
    <message>
        <source>The content is in the coding %1; Web Push takes aes128gcm.</source>
        <translation>El contenido está en la codificación %1; Web Push admite aes128gcm.</translation>
    </message>
    <message>
        <source>The device has no Web Push address %1.</source>
        <translation>El dispositivo no tiene ninguna dirección Web Push %1.</translation>
    </message>
    <message>
        <source>A device can have %1 Web Push addresses at most.</source>
        <translation>Un dispositivo puede tener %1 direcciones Web Push como máximo.</translation>
    </message>
    <message>
        <source>A Web Push address cannot end in the past: %1.</source>
        <translation>Una dirección Web Push no puede terminar en el pasado: %1.</translation>
    </message>
    <message>
        <source>That is no VAPID key: base64url of a point of P-256.</source>
        <translation>Eso no es una clave VAPID: un punto de P-256 en base64url.</translation>
    </message>
    <message>
        <source>No listener for application servers is on; see [triggers].</source>
        <translation>No hay ninguna escucha activa para servidores de aplicaciones; véase [triggers].</translation>
    </message>
    <message>
        <source>There is no such Web Push address.</source>
        <translation>No existe esa dirección Web Push.</translation>
    </message>
    <message>
        <source>This Web Push address ended at %1.</source>
        <translation>Esta dirección Web Push terminó a las %1.</translation>
    </message>
    <message>
        <source>A push over Web Push needs one TTL in seconds.</source>
        <translation>Un push por Web Push necesita un solo TTL en segundos.</translation>
    </message>
    <message>
        <source>“%1” is no urgency: very-low, low, normal or high.</source>
        <translation>«%1» no es una urgencia: very-low, low, normal o high.</translation>
    </message>
    <message>
        <source>A topic has 1 to 32 characters of base64url.</source>
        <translation>Un tema tiene de 1 a 32 caracteres de base64url.</translation>
    </message>
    <message>
        <source>This Web Push address takes signed pushes only (VAPID).</source>
        <translation>Esta dirección Web Push solo admite push firmados (VAPID).</translation>
    </message>
    <message>
        <source>The push is signed with another key than this Web Push address takes.</source>
        <translation>El push está firmado con otra clave que la que admite esta dirección Web Push.</translation>
    </message>
    <message>
        <source>The VAPID token is too long.</source>
        <translation>El testigo VAPID es demasiado largo.</translation>
    </message>
    <message>
        <source>The VAPID token or its key is missing or there twice.</source>
        <translation>Falta el testigo VAPID o su clave, o aparece dos veces.</translation>
    </message>
    <message>
        <source>The VAPID key is no point of P-256.</source>
        <translation>La clave VAPID no es un punto de P-256.</translation>
    </message>
    <message>
        <source>The VAPID token cannot be read.</source>
        <translation>El testigo VAPID no se puede leer.</translation>
    </message>
    <message>
        <source>The VAPID token is not signed with ES256.</source>
        <translation>El testigo VAPID no está firmado con ES256.</translation>
    </message>
    <message>
        <source>The VAPID token is for another server: %1.</source>
        <translation>El testigo VAPID es para otro servidor: %1.</translation>
    </message>
    <message>
        <source>The VAPID token ran out at %1.</source>
        <translation>El testigo VAPID caducó a las %1.</translation>
    </message>
    <message>
        <source>The VAPID token must end within a day.</source>
        <translation>El testigo VAPID debe terminar en el plazo de un día.</translation>
    </message>
    <message>
        <source>The VAPID token names no mailto: or https: contact.</source>
        <translation>El testigo VAPID no nombra ningún contacto mailto: o https:.</translation>
    </message>
    <message>
        <source>The signature of the VAPID token is wrong.</source>
        <translation>La firma del testigo VAPID es errónea.</translation>
    </message>
    <message>
        <source>That is no key for signatures.</source>
        <translation>Eso no es una clave para firmas.</translation>
    </message>
    <message>
        <source>The signature is wrong.</source>
        <translation>La firma es errónea.</translation>
    </message>
    <message>
        <source>PAP push accepted</source>
        <translation>Push PAP aceptado</translation>
    </message>
    <message>
        <source>Web Push accepted</source>
        <translation>Web Push aceptado</translation>
    </message>
    <message>
        <source>The file could not be read: %1.</source>
        <translation>No se pudo leer el archivo: %1.</translation>
    </message>
    <message>
        <source>The file is larger than %1 octets.</source>
        <translation>El archivo tiene más de %1 octetos.</translation>
    </message>
    <message>
        <source>Nothing stands for {{%1}} yet.</source>
        <translation>Aún no hay valor para {{%1}}.</translation>
    </message>
    <message>
        <source>A name has 1 to 100 characters, none of them control characters: “%1”.</source>
        <translation>Un nombre tiene de 1 a 100 caracteres, ninguno de control: «%1».</translation>
    </message>
    <message>
        <source>The trigger %1 is not in the library any more.</source>
        <translation>El disparador %1 ya no está en la biblioteca.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be moved into itself.</source>
        <translation>La carpeta %1 no se puede mover dentro de sí misma.</translation>
    </message>
    <message>
        <source>This is no file of triggers; it does not say reveille-triggers.</source>
        <translation>Este no es un archivo de disparadores; no dice reveille-triggers.</translation>
    </message>
    <message>
        <source>The file is of version %1, which this program does not know.</source>
        <translation>El archivo es de la versión %1, que este programa no conoce.</translation>
    </message>
    <message>
        <source>A library holds at most %1 triggers and folders.</source>
        <translation>Una biblioteca contiene como mucho %1 disparadores y carpetas.</translation>
    </message>
    <message>
        <source>Folders stand too deep in folders: %1.</source>
        <translation>Hay carpetas demasiado anidadas: %1.</translation>
    </message>
    <message>
        <source>This is not JSON; it goes wrong at octet %1.</source>
        <translation>Esto no es JSON; falla en el octeto %1.</translation>
    </message>
    <message>
        <source>The JSON field %1 is missing.</source>
        <translation>Falta el campo JSON %1.</translation>
    </message>
    <message>
        <source>There is no JSON field %1.</source>
        <translation>No existe el campo JSON %1.</translation>
    </message>
    <message>
        <source>The JSON field %1 is of another type than it has to be.</source>
        <translation>El campo JSON %1 no es del tipo debido.</translation>
    </message>
    <message>
        <source>The JSON field %1 has a value that cannot be.</source>
        <translation>El campo JSON %1 tiene un valor imposible.</translation>
    </message>
    <message>
        <source>The JSON field %1 excludes another one that is there.</source>
        <translation>El campo JSON %1 excluye otro que está presente.</translation>
    </message>
    <message>
        <source>The JSON list %1 is too long.</source>
        <translation>La lista JSON %1 es demasiado larga.</translation>
    </message>
    <message>
        <source>This server allows no injected faults; see [faults] allowed in its configuration.</source>
        <translation>Este servidor no permite fallos provocados; véase [faults] allowed en su configuración.</translation>
    </message>
    <message>
        <source>As many faults are in force as allowed: %1.</source>
        <translation>Hay tantos fallos en vigor como se permiten: %1.</translation>
    </message>
    <message>
        <source>There is no fault %1 any more.</source>
        <translation>El fallo %1 ya no existe.</translation>
    </message>
    <message>
        <source>A fault needs a bearer, a kind of connection or a device that it strikes.</source>
        <translation>Un fallo necesita una portadora, un tipo de conexión o un dispositivo al que afecte.</translation>
    </message>
    <message>
        <source>“%1” is not what this fault can strike: bearers carry wake-ups, connections (sip, ota_http, datagram) carry pushes.</source>
        <translation>Este fallo no puede afectar a «%1»: las portadoras llevan activaciones; las conexiones (sip, ota_http, datagram) llevan envíos.</translation>
    </message>
    <message>
        <source>A delay takes 1 to 600000 milliseconds, and other faults none: %1.</source>
        <translation>Un retraso dura de 1 a 600000 milisegundos, y los demás fallos no tienen ninguno: %1.</translation>
    </message>
    <message>
        <source>A rejection has a code of letters, digits, dots and dashes, such as 486, and other faults none: “%1”.</source>
        <translation>Un rechazo tiene un código de letras, cifras, puntos y guiones, como 486, y los demás fallos no tienen ninguno: «%1».</translation>
    </message>
    <message>
        <source>A fault strikes 1 to 100 of 100: %1.</source>
        <translation>Un fallo afecta a entre 1 y 100 de cada 100: %1.</translation>
    </message>
    <message>
        <source>A fault may strike at most 1000000 times: %1.</source>
        <translation>Un fallo puede producirse como mucho 1000000 veces: %1.</translation>
    </message>
    <message>
        <source>The note of a fault may have at most %1 characters.</source>
        <translation>La nota de un fallo puede tener como mucho %1 caracteres.</translation>
    </message>
    <message>
        <source>A fault lasts at least a second and at most %1 s.</source>
        <translation>Un fallo dura al menos un segundo y como mucho %1 s.</translation>
    </message>
    <message>
        <source>A push was lost on the way by an injected fault</source>
        <translation>Un envío se perdió por el camino por un fallo provocado</translation>
    </message>
    <message>
        <source>Did an injected fault strike?</source>
        <translation>¿Intervino un fallo provocado?</translation>
    </message>
    <message>
        <source>lost on the way by an injected fault</source>
        <translation>perdido por el camino por un fallo provocado</translation>
    </message>
    <message>
        <source>held back by an injected fault</source>
        <translation>retenido por un fallo provocado</translation>
    </message>
    <message>
        <source>injected fault</source>
        <translation>fallo provocado</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>tipo</translation>
    </message>
    <message>
        <source>strikes</source>
        <translation>afecta a</translation>
    </message>
    <message>
        <source>delay, ms</source>
        <translation>retraso, ms</translation>
    </message>
    <message>
        <source>chance, %</source>
        <translation>probabilidad, %</translation>
    </message>
    <message>
        <source>until</source>
        <translation>hasta</translation>
    </message>
    <message>
        <source>struck</source>
        <translation>veces</translation>
    </message>
    <message>
        <source>note</source>
        <translation>nota</translation>
    </message>
    <message>
        <source>by</source>
        <translation>por</translation>
    </message>
    <message>
        <source>why</source>
        <translation>por qué</translation>
    </message>
    <message>
        <source>the faults that were put in the way</source>
        <translation>los fallos que se provocaron</translation>
    </message>
    <message>
        <source>answered with %1 by an injected fault</source>
        <translation>respondido con %1 por un fallo provocado</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>descartado</translation>
    </message>
    <message>
        <source>delayed</source>
        <translation>retrasado</translation>
    </message>
    <message>
        <source>sent twice</source>
        <translation>enviado dos veces</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>rechazado</translation>
    </message>
    <message>
        <source>Wake-ups and pushes</source>
        <translation>Activaciones y envíos</translation>
    </message>
    <message>
        <source>Wake-ups</source>
        <translation>Activaciones</translation>
    </message>
    <message>
        <source>Pushes</source>
        <translation>Envíos</translation>
    </message>
    <message>
        <source>%1 over %2</source>
        <translation>%1 por %2</translation>
    </message>
    <message>
        <source>%1 are dropped</source>
        <translation>%1: se descartan</translation>
    </message>
    <message>
        <source>%1 are delayed by %2</source>
        <translation>%1: se retrasan %2</translation>
    </message>
    <message>
        <source>%1 are sent twice</source>
        <translation>%1: se envían dos veces</translation>
    </message>
    <message>
        <source>%1 are answered with %2</source>
        <translation>%1: reciben la respuesta %2</translation>
    </message>
    <message>
        <source>%1 are refused with %2</source>
        <translation>%1: se rechazan con %2</translation>
    </message>
    <message>
        <source>%1 of 100</source>
        <translation>%1 de cada 100</translation>
    </message>
    <message>
        <source>delayed by %1</source>
        <translation>retrasado %1</translation>
    </message>
    <message>
        <source>answered with %1</source>
        <translation>respondido con %1</translation>
    </message>
    <message>
        <source>over %1, attempt %2</source>
        <translation>por %1, intento %2</translation>
    </message>
    <message>
        <source>its time is over</source>
        <translation>se acabó su tiempo</translation>
    </message>
    <message>
        <source>it struck as often as it was to</source>
        <translation>se produjo tantas veces como debía</translation>
    </message>
    <message>
        <source>ended by staff</source>
        <translation>terminado por el personal</translation>
    </message>
    <message numerus="yes">
        <source>struck %n time(s)</source>
        <translation>
            <numerusform>se produjo %n vez</numerusform>
            <numerusform>se produjo %n veces</numerusform>
        </translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>por %1</translation>
    </message>
    <message>
        <source>Fault injected</source>
        <translation>Fallo provocado</translation>
    </message>
    <message>
        <source>Injected fault struck</source>
        <translation>Intervino un fallo provocado</translation>
    </message>
    <message>
        <source>Injected fault over</source>
        <translation>Terminó un fallo provocado</translation>
    </message>
    <message>
        <source>injected fault: %1</source>
        <translation>fallo provocado: %1</translation>
    </message>
    <message>
        <source>“%1” is no state of a push; use under_way, delivered, failed or one of the states themselves.</source>
        <translation>«%1» no es un estado de un push; use under_way, delivered, failed o uno de los propios estados.</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>aceptado</translation>
    </message>
    <message>
        <source>now only</source>
        <translation>solo ahora</translation>
    </message>
    <message>
        <source>it waits for the device</source>
        <translation>espera al dispositivo</translation>
    </message>
    <message>
        <source>it wakes the device</source>
        <translation>despierta al dispositivo</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 octets</source>
        <translation>%1 octetos</translation>
    </message>
    <message>
        <source>it waits</source>
        <translation>está en espera</translation>
    </message>
    <message>
        <source>the device is being woken</source>
        <translation>se está activando el dispositivo</translation>
    </message>
    <message>
        <source>it is being sent</source>
        <translation>se está enviando</translation>
    </message>
    <message>
        <source>it was cancelled</source>
        <translation>se canceló</translation>
    </message>
    <message>
        <source>it cannot be delivered</source>
        <translation>no se puede entregar</translation>
    </message>
    <message>
        <source>it gives no reason</source>
        <translation>no da ningún motivo</translation>
    </message>
    <message>
        <source>its application cannot be reached</source>
        <translation>no se puede alcanzar su aplicación</translation>
    </message>
    <message>
        <source>it has no room for it</source>
        <translation>no tiene sitio para él</translation>
    </message>
    <message>
        <source>it has to tell its capabilities anew</source>
        <translation>tiene que volver a comunicar sus capacidades</translation>
    </message>
    <message>
        <source>it does not know this server</source>
        <translation>no conoce este servidor</translation>
    </message>
    <message>
        <source>it cannot read it</source>
        <translation>no puede leerlo</translation>
    </message>
    <message>
        <source>it wants to know who sends</source>
        <translation>quiere saber quién lo envía</translation>
    </message>
    <message>
        <source>it does not allow it</source>
        <translation>no lo permite</translation>
    </message>
    <message>
        <source>it does not know the address</source>
        <translation>no conoce la dirección</translation>
    </message>
    <message>
        <source>it does not take such requests</source>
        <translation>no acepta esas peticiones</translation>
    </message>
    <message>
        <source>nobody answered in time</source>
        <translation>nadie respondió a tiempo</translation>
    </message>
    <message>
        <source>too large for it</source>
        <translation>demasiado grande para él</translation>
    </message>
    <message>
        <source>it lacks an extension that is needed</source>
        <translation>le falta una extensión necesaria</translation>
    </message>
    <message>
        <source>its user is not to be reached now</source>
        <translation>su usuario no está localizable ahora</translation>
    </message>
    <message>
        <source>it does not know the session any more</source>
        <translation>ya no conoce la sesión</translation>
    </message>
    <message>
        <source>its user is busy</source>
        <translation>su usuario está ocupado</translation>
    </message>
    <message>
        <source>it was called off</source>
        <translation>se anuló</translation>
    </message>
    <message>
        <source>it cannot take it as it is</source>
        <translation>no puede aceptarlo tal como es</translation>
    </message>
    <message>
        <source>it has a fault of its own</source>
        <translation>tiene un fallo propio</translation>
    </message>
    <message>
        <source>it cannot take it for now</source>
        <translation>no puede aceptarlo por ahora</translation>
    </message>
    <message>
        <source>its user does not want it</source>
        <translation>su usuario no lo quiere</translation>
    </message>
    <message>
        <source>too much was sent to it</source>
        <translation>se le envió demasiado</translation>
    </message>
    <message>
        <source>signed</source>
        <translation>firmado</translation>
    </message>
    <message>
        <source>direction</source>
        <translation>sentido</translation>
    </message>
    <message>
        <source>identity inside</source>
        <translation>identidad dentro</translation>
    </message>
    <message>
        <source>phone number</source>
        <translation>número de teléfono</translation>
    </message>
    <message>
        <source>wake-up routes</source>
        <translation>rutas de activación</translation>
    </message>
    <message>
        <source>registrar</source>
        <translation>registrador</translation>
    </message>
    <message>
        <source>connects over</source>
        <translation>se conecta por</translation>
    </message>
    <message>
        <source>client port</source>
        <translation>puerto de cliente</translation>
    </message>
    <message>
        <source>name</source>
        <translation>nombre</translation>
    </message>
    <message>
        <source>expires, s</source>
        <translation>caduca, s</translation>
    </message>
    <message>
        <source>keep-alive, ms</source>
        <translation>mantenimiento, ms</translation>
    </message>
    <message>
        <source>tries again, ms</source>
        <translation>reintenta, ms</translation>
    </message>
    <message>
        <source>local address</source>
        <translation>dirección local</translation>
    </message>
    <message>
        <source>renewed</source>
        <translation>renovado</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>respondido</translation>
    </message>
    <message>
        <source>“Quiet hours” of the device, or the priority of the push</source>
        <translation>«Horas de silencio» del dispositivo o la prioridad del push</translation>
    </message>
    <message>
        <source>UTC</source>
        <translation>UTC</translation>
    </message>
    <message>
        <source>UTC, since “%1” is not known here</source>
        <translation>UTC, porque aquí no se conoce «%1»</translation>
    </message>
    <message>
        <source>Held from %1 to %2 of the next day, %3; urgent pushes go through.</source>
        <translation>Se retienen de %1 a %2 del día siguiente, %3; los push urgentes pasan.</translation>
    </message>
    <message>
        <source>Held from %1 to %2, %3; urgent pushes go through.</source>
        <translation>Se retienen de %1 a %2, %3; los push urgentes pasan.</translation>
    </message>
    <message>
        <source>By that clock it is %1: held until %2.</source>
        <translation>Ese reloj marca las %1: se retienen hasta las %2.</translation>
    </message>
    <message>
        <source>By that clock it is %1: nothing is held.</source>
        <translation>Ese reloj marca las %1: no se retiene nada.</translation>
    </message>
    <message>
        <source>accepts pushes</source>
        <translation>acepta push</translation>
    </message>
    <message>
        <source>accepts no pushes</source>
        <translation>no acepta push</translation>
    </message>
    <message>
        <source>preferred device</source>
        <translation>dispositivo preferido</translation>
    </message>
    <message>
        <source>place %1 in the fallback order</source>
        <translation>puesto %1 en el orden de reserva</translation>
    </message>
</context>
<context>
    <name>reveille::StateLabel</name>
    <message>
        <source>Never registered</source>
        <translation>Nunca registrado</translation>
    </message>
</context>
<context>
    <name>reveille::SubscriberFiles</name>
    <message>
        <source>Import subscribers</source>
        <translation>Importar abonados</translation>
    </message>
    <message>
        <source>CSV files (*.csv);;All files (*)</source>
        <translation>Archivos CSV (*.csv);;Todos los archivos (*)</translation>
    </message>
    <message>
        <source>%1 could not be read: %2</source>
        <translation>No se pudo leer %1: %2</translation>
    </message>
    <message>
        <source>Export subscribers</source>
        <translation>Exportar abonados</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>Archivos CSV (*.csv)</translation>
    </message>
</context>
<context>
    <name>reveille::SubscriberModel</name>
    <message numerus="yes">
        <source>User %1, %n device(s)</source>
        <translation>
            <numerusform>Usuario %1, %n dispositivo</numerusform>
            <numerusform>Usuario %1, %n dispositivos</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Device %1, %2</source>
        <translation>Dispositivo %1, %2</translation>
    </message>
    <message>
        <source>never registered</source>
        <translation>nunca registrado</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Never registered</source>
        <translation>Nunca registrado</translation>
    </message>
    <message>
        <source>Connection %1 from %2, %3</source>
        <translation>Conexión %1 desde %2, %3</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 en %2</translation>
    </message>
    <message>
        <source>User, device or peer address</source>
        <translation>Usuario, dispositivo o dirección del extremo</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Whether it can be reached</source>
        <translation>Si se puede alcanzar</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Protocol and transport</source>
        <translation>Protocolo y transporte</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Camino</translation>
    </message>
    <message>
        <source>Time since the last packet</source>
        <translation>Tiempo desde el último paquete</translation>
    </message>
    <message>
        <source>Heard</source>
        <translation>Oído</translation>
    </message>
    <message>
        <source>Phone number (MSISDN)</source>
        <translation>Número de teléfono (MSISDN)</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Número</translation>
    </message>
    <message>
        <source>Pushes that wait for it</source>
        <translation>Push que lo esperan</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>Pendientes</translation>
    </message>
    <message>
        <source>When its registration runs out</source>
        <translation>Cuándo vence su registro</translation>
    </message>
    <message>
        <source>Registered until</source>
        <translation>Registrado hasta</translation>
    </message>
    <message>
        <source>When the path last worked both ways</source>
        <translation>Cuándo funcionó el camino por última vez en ambos sentidos</translation>
    </message>
    <message>
        <source>Last proof</source>
        <translation>Última prueba</translation>
    </message>
    <message>
        <source>What put it into its state</source>
        <translation>Qué lo llevó a su estado</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Indicio</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>Identificador</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Id.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>best device of a user: why it is in its state</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1, an injected fault strikes it</source>
        <translation>%1, un fallo provocado le afecta</translation>
    </message>
    <message>
        <source>An injected fault strikes what goes to it</source>
        <translation>Un fallo provocado afecta a lo que se le envía</translation>
    </message>
</context>
<context>
    <name>reveille::SubscriberPanel</name>
    <message>
        <source>Search users, devices, numbers, ids…</source>
        <translation>Buscar usuarios, dispositivos, números, id.…</translation>
    </message>
    <message>
        <source>Search subscribers</source>
        <translation>Buscar abonados</translation>
    </message>
    <message>
        <source>Words are sought in every identifier. &quot;quoted&quot; = exact, user: device: number: address: state: pending: look in one place only. (Ctrl+F)</source>
        <translation>Las palabras se buscan en todos los identificadores. &quot;entre comillas&quot; = exacto; user: device: number: address: state: pending: buscan en un solo lugar. (Ctrl+F)</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Todos</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Perdido</translation>
    </message>
    <message>
        <source>Waking</source>
        <translation>Activándose</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>Pendientes</translation>
    </message>
    <message>
        <source>Show: %1</source>
        <translation>Mostrar: %1</translation>
    </message>
    <message>
        <source>Subscribers</source>
        <translation>Abonados</translation>
    </message>
    <message>
        <source>No subscribers yet</source>
        <translation>Aún no hay abonados</translation>
    </message>
    <message>
        <source>Users appear here when their devices register, or when you add them.</source>
        <translation>Los usuarios aparecen aquí cuando sus dispositivos se registran o cuando usted los añade.</translation>
    </message>
    <message>
        <source>Add user…</source>
        <translation>Añadir usuario…</translation>
    </message>
    <message>
        <source>Play the demo</source>
        <translation>Reproducir la demostración</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Nada coincide</translation>
    </message>
    <message>
        <source>No user and no device fits what you search for.</source>
        <translation>Ningún usuario ni dispositivo encaja con lo que busca.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Mostrar todo</translation>
    </message>
    <message>
        <source>searching… %L1 found</source>
        <translation>buscando… %L1 hallados</translation>
    </message>
    <message>
        <source>%L1 of %L2</source>
        <translation>%L1 de %L2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln user(s)</source>
        <translation>
            <numerusform>%Ln usuario</numerusform>
            <numerusform>%Ln usuarios</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::TargetField</name>
    <message>
        <source>sip:alice@lab.example, a device identifier, or +49170…</source>
        <translation>sip:alice@lab.example, un identificador de dispositivo o +49170…</translation>
    </message>
</context>
<context>
    <name>reveille::TimeDisplay</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n día</numerusform>
            <numerusform>%n días</numerusform>
        </translation>
    </message>
    <message>
        <source>now</source>
        <translation>ahora</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>hace %1</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>en %1</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
</context>
<context>
    <name>reveille::TriggerLibraryModel</name>
    <message>
        <source>%1 (copy)</source>
        <translation>%1 (copia)</translation>
    </message>
    <message>
        <source>folder %1</source>
        <translation>carpeta %1</translation>
    </message>
    <message>
        <source>Trigger</source>
        <translation>Disparador</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Para</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Cuándo</translation>
    </message>
</context>
<context>
    <name>reveille::TriggerPanel</name>
    <message>
        <source>&amp;Bring it back</source>
        <translation>&amp;Recuperarlo</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Aviso</translation>
    </message>
    <message>
        <source>%1 was not sent. %2</source>
        <translation>%1 no se envió. %2</translation>
    </message>
    <message>
        <source>Search triggers</source>
        <translation>Buscar disparadores</translation>
    </message>
    <message>
        <source>Search the triggers by name, target and text</source>
        <translation>Buscar los disparadores por nombre, destino y texto</translation>
    </message>
    <message>
        <source>No trigger is saved yet</source>
        <translation>Aún no hay ningún disparador guardado</translation>
    </message>
    <message>
        <source>A push that you send again and again stands here under a name: write it, save it with Ctrl+S, and F6 sends it. {{user}}, {{device}} and variables of your own are filled in when it is sent.</source>
        <translation>Un push que usted envía una y otra vez queda aquí con un nombre: escríbalo, guárdelo con Ctrl+S, y F6 lo envía. {{user}}, {{device}} y sus propias variables se rellenan al enviarlo.</translation>
    </message>
    <message>
        <source>Write a push</source>
        <translation>Escribir un push</translation>
    </message>
    <message>
        <source>Add examples</source>
        <translation>Añadir ejemplos</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importar…</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Nada coincide</translation>
    </message>
    <message>
        <source>No trigger has these words in its name, its target or its text.</source>
        <translation>Ningún disparador tiene estas palabras en su nombre, su destino o su texto.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Mostrar todo</translation>
    </message>
    <message>
        <source>The trigger library could not be read: %1 Its file is kept as %2; this one begins anew.</source>
        <translation>No se pudo leer la biblioteca de disparadores: %1 Su archivo se conserva como %2; esta empieza de nuevo.</translation>
    </message>
    <message>
        <source>Another program changed the trigger library. What it wrote is kept as %1; import it to have both.</source>
        <translation>Otro programa cambió la biblioteca de disparadores. Lo que escribió se conserva como %1; impórtelo para tener ambas.</translation>
    </message>
    <message>
        <source>The trigger library can neither be read nor put aside, so nothing is saved: %1</source>
        <translation>La biblioteca de disparadores no se puede leer ni apartar, así que no se guarda nada: %1</translation>
    </message>
    <message>
        <source>The trigger library could not be saved: %1</source>
        <translation>No se pudo guardar la biblioteca de disparadores: %1</translation>
    </message>
    <message>
        <source>The server is not running.</source>
        <translation>El servidor no está en marcha.</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>Nueva carpeta</translation>
    </message>
    <message>
        <source>%1 and what was in it were deleted.</source>
        <translation>%1 y su contenido se eliminaron.</translation>
    </message>
    <message>
        <source>%1 was deleted.</source>
        <translation>%1 se eliminó.</translation>
    </message>
    <message>
        <source>(no folder)</source>
        <translation>(sin carpeta)</translation>
    </message>
    <message>
        <source>Move to a folder</source>
        <translation>Mover a una carpeta</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Carpeta</translation>
    </message>
    <message>
        <source>Hello</source>
        <translation>Saludo</translation>
    </message>
    <message>
        <source>Hello from Reveille, number {{counter}}</source>
        <translation>Saludos de Reveille, número {{counter}}</translation>
    </message>
    <message>
        <source>New mail</source>
        <translation>Correo nuevo</translation>
    </message>
    <message>
        <source>One-time code, this device, now or never</source>
        <translation>Código de un solo uso, este dispositivo, ahora o nunca</translation>
    </message>
    <message>
        <source>Your code is {{code}}</source>
        <translation>Su código es {{code}}</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Ejemplos</translation>
    </message>
    <message numerus="yes">
        <source>%Ln trigger(s) and folders imported.</source>
        <translation>
            <numerusform>%Ln elemento importado.</numerusform>
            <numerusform>%Ln disparadores y carpetas importados.</numerusform>
        </translation>
    </message>
    <message>
        <source>Import triggers</source>
        <translation>Importar disparadores</translation>
    </message>
    <message>
        <source>Trigger files (*.json);;All files (*)</source>
        <translation>Archivos de disparadores (*.json);;Todos los archivos (*)</translation>
    </message>
    <message>
        <source>Nothing was imported. %1</source>
        <translation>No se importó nada. %1</translation>
    </message>
    <message>
        <source>triggers</source>
        <translation>disparadores</translation>
    </message>
    <message>
        <source>Export “%1”</source>
        <translation>Exportar «%1»</translation>
    </message>
    <message>
        <source>Export all triggers</source>
        <translation>Exportar todos los disparadores</translation>
    </message>
    <message>
        <source>Trigger files (*.json)</source>
        <translation>Archivos de disparadores (*.json)</translation>
    </message>
    <message>
        <source>Written to %1.</source>
        <translation>Escrito en %1.</translation>
    </message>
</context>
<context>
    <name>reveille::TriggerPreview</name>
    <message>
        <source>To whom and how</source>
        <translation>A quién y cómo</translation>
    </message>
    <message>
        <source>Who would get it</source>
        <translation>Quién lo recibiría</translation>
    </message>
    <message>
        <source>How the last one fares</source>
        <translation>Cómo le va al último</translation>
    </message>
    <message>
        <source>Text as it would be sent</source>
        <translation>Texto tal como se enviaría</translation>
    </message>
    <message>
        <source>Choose a trigger to see what it would send now. Ctrl+Enter sends it.</source>
        <translation>Elija un disparador para ver qué enviaría ahora. Ctrl+Intro lo envía.</translation>
    </message>
    <message>
        <source>Asks for %1 when it is sent.</source>
        <translation>Pregunta por %1 al enviarse.</translation>
    </message>
    <message>
        <source>The server is not running.</source>
        <translation>El servidor no está en marcha.</translation>
    </message>
    <message>
        <source>Nobody gets it. %1</source>
        <translation>No lo recibe nadie. %1</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Nobody would get it now.</source>
        <translation>Ahora no lo recibiría nadie.</translation>
    </message>
    <message>
        <source>Gets it: %1</source>
        <translation>Lo recibe: %1</translation>
    </message>
    <message>
        <source>%1: accepted as %2.</source>
        <translation>%1: aceptado como %2.</translation>
    </message>
    <message>
        <source>Show the push</source>
        <translation>Mostrar el push</translation>
    </message>
    <message>
        <source>To %1</source>
        <translation>Para %1</translation>
    </message>
    <message>
        <source>valid for %1</source>
        <translation>válido durante %1</translation>
    </message>
</context>
<context>
    <name>reveille::TriggerTree</name>
    <message>
        <source>Saved triggers</source>
        <translation>Disparadores guardados</translation>
    </message>
</context>
<context>
    <name>reveille::UserDialog</name>
    <message>
        <source>as the server says</source>
        <translation>como diga el servidor</translation>
    </message>
    <message>
        <source>&amp;Devices are woken</source>
        <translation>&amp;Despertar dispositivos</translation>
    </message>
    <message>
        <source>A device that says otherwise has its way.</source>
        <translation>Prevalece lo que diga el propio dispositivo.</translation>
    </message>
    <message>
        <source>Add a user</source>
        <translation>Añadir un usuario</translation>
    </message>
    <message>
        <source>Change %1</source>
        <translation>Cambiar %1</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Dirección</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nombre</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Contraseña</translation>
    </message>
    <message>
        <source>Empty: the password stays as it is.</source>
        <translation>Vacía: la contraseña queda como está.</translation>
    </message>
    <message>
        <source>Empty: devices of this user cannot answer a password challenge, and their SIRs are not signed.</source>
        <translation>Vacía: los dispositivos de este usuario no pueden responder a un desafío de contraseña y sus SIR no van firmados.</translation>
    </message>
    <message>
        <source>Kept as %1</source>
        <translation>Se guarda como %1</translation>
    </message>
    <message>
        <source>%1 is there already.</source>
        <translation>%1 ya está.</translation>
    </message>
    <message>
        <source>adding %1</source>
        <translation>alta de %1</translation>
    </message>
    <message>
        <source>change of %1</source>
        <translation>cambio de %1</translation>
    </message>
</context>
<context>
    <name>reveille::UserPage</name>
    <message>
        <source>Send push</source>
        <translation>Enviar push</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Editar…</translation>
    </message>
    <message>
        <source>Add device…</source>
        <translation>Añadir dispositivo…</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Veredicto</translation>
    </message>
    <message>
        <source>Devices of this user</source>
        <translation>Dispositivos de este usuario</translation>
    </message>
    <message>
        <source>Never registered</source>
        <translation>Nunca registrado</translation>
    </message>
    <message>
        <source>No device has registered for this user yet.</source>
        <translation>Aún no se ha registrado ningún dispositivo de este usuario.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n device(s) reachable now.</source>
        <translation>
            <numerusform>%1 de %n dispositivo alcanzable ahora.</numerusform>
            <numerusform>%1 de %n dispositivos alcanzables ahora.</numerusform>
        </translation>
    </message>
    <message>
        <source>A password is set.</source>
        <translation>Hay una contraseña establecida.</translation>
    </message>
    <message>
        <source>No password is set.</source>
        <translation>No hay contraseña establecida.</translation>
    </message>
</context>
<context>
    <name>reveille::VariablesDialog</name>
    <message>
        <source>&amp;Keep these values as defaults</source>
        <translation>&amp;Conservar estos valores para otras veces</translation>
    </message>
    <message>
        <source>Fill in the variables</source>
        <translation>Rellenar las variables</translation>
    </message>
    <message>
        <source>Fill in the variables of %1</source>
        <translation>Rellenar las variables de %1</translation>
    </message>
    <message>
        <source>It has no variables to fill in.</source>
        <translation>No tiene variables que rellenar.</translation>
    </message>
    <message>
        <source>What will be sent</source>
        <translation>Lo que se enviará</translation>
    </message>
    <message>
        <source>&amp;Send</source>
        <translation>&amp;Enviar</translation>
    </message>
    <message>
        <source>To %1:
%2</source>
        <translation>Para %1:
%2</translation>
    </message>
</context>
<context>
    <name>reveille::WakeDialog</name>
    <message>
        <source>&amp;Empty message, without a SIR</source>
        <translation>Mensaje &amp;vacío, sin SIR</translation>
    </message>
    <message>
        <source>&amp;Wake</source>
        <translation>Ac&amp;tivar</translation>
    </message>
    <message>
        <source>Wake %1</source>
        <translation>Activar %1</translation>
    </message>
    <message>
        <source>Sends the wake-up (Ctrl+Enter)</source>
        <translation>Envía la activación (Ctrl+Intro)</translation>
    </message>
    <message>
        <source>Cop&amp;y as reveillectl line</source>
        <translation>&amp;Copiar como línea de reveillectl</translation>
    </message>
    <message>
        <source>by policy</source>
        <translation>según la política</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguna</translation>
    </message>
    <message>
        <source>&amp;Bearer</source>
        <translation>&amp;Portadora</translation>
    </message>
    <message>
        <source>&amp;Mode</source>
        <translation>&amp;Modo</translation>
    </message>
    <message>
        <source>&amp;Application</source>
        <translation>&amp;Aplicación</translation>
    </message>
    <message>
        <source>Asks the device for</source>
        <translation>Pide al dispositivo</translation>
    </message>
    <message>
        <source>Nothing would be sent.</source>
        <translation>No se enviaría nada.</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Copiado.</translation>
    </message>
    <message>
        <source>The name of an application has no spaces.</source>
        <translation>El nombre de una aplicación no lleva espacios.</translation>
    </message>
    <message>
        <source>Registered: goes into the SIR as the number %1.</source>
        <translation>Registrada: va en el SIR como el número %1.</translation>
    </message>
    <message>
        <source>Not registered: goes into the SIR by its name.</source>
        <translation>No registrada: va en el SIR con su nombre.</translation>
    </message>
    <message>
        <source>This device takes SIR version %1, which has no room for them.</source>
        <translation>Este dispositivo acepta la versión %1 de SIR, donde no caben.</translation>
    </message>
</context>
<context>
    <name>reveille::WakeLife</name>
    <message>
        <source>Ca&amp;ncel the wake-up</source>
        <translation>Ca&amp;ncelar la activación</translation>
    </message>
    <message>
        <source>Steps of the wake-up</source>
        <translation>Pasos de la activación</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Paso</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Hora</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Intentos</translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation>Intento</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Ruta</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Resultado</translation>
    </message>
    <message>
        <source>%1 is under way.</source>
        <translation>%1 está en curso.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2 (%3)</source>
        <translation>%1: %2 (%3)</translation>
    </message>
    <message>
        <source>&amp;Repeat</source>
        <translation>&amp;Repetir</translation>
    </message>
    <message>
        <source>&amp;Over another bearer</source>
        <translation>Por &amp;otra portadora</translation>
    </message>
    <message>
        <source>State of the wake-up</source>
        <translation>Estado de la activación</translation>
    </message>
    <message>
        <source>After the start</source>
        <translation>Desde el inicio</translation>
    </message>
    <message>
        <source>This step</source>
        <translation>Este paso</translation>
    </message>
    <message>
        <source>Message id</source>
        <translation>Id. de mensaje</translation>
    </message>
    <message>
        <source>&amp;Steps</source>
        <translation>Pa&amp;sos</translation>
    </message>
    <message>
        <source>Wh&amp;y this route</source>
        <translation>Por &amp;qué esta ruta</translation>
    </message>
    <message>
        <source>S&amp;IR</source>
        <translation>S&amp;IR</translation>
    </message>
    <message>
        <source>Start a new wake-up with the same order (Ctrl+R)</source>
        <translation>Iniciar otra activación con la misma orden (Ctrl+R)</translation>
    </message>
    <message>
        <source>The same order over another bearer; one under way is moved there (Ctrl+Shift+R)</source>
        <translation>La misma orden por otra portadora; una en marcha pasa a ella (Ctrl+Shift+R)</translation>
    </message>
    <message>
        <source>Stop trying (Ctrl+Backspace)</source>
        <translation>Dejar de intentarlo (Ctrl+Retroceso)</translation>
    </message>
    <message>
        <source>next attempt %1</source>
        <translation>próximo intento %1</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <comment>route by bearer</comment>
        <translation>%1 por %2</translation>
    </message>
</context>
<context>
    <name>reveille::WakeListModel</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Inicio</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Furthest step</source>
        <translation>Paso más avanzado</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>Bearer</source>
        <translation>Portadora</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Intentos</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Duración</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Por qué</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Id.</translation>
    </message>
    <message>
        <source>%1 · message %2</source>
        <translation>%1 · mensaje %2</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>vacía</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n octet(s)</source>
        <translation>
            <numerusform>%1, %n octeto</numerusform>
            <numerusform>%1, %n octetos</numerusform>
        </translation>
    </message>
    <message>
        <source>SIR</source>
        <translation>SIR</translation>
    </message>
    <message>
        <source>Carrier said</source>
        <translation>Dijo el operador</translation>
    </message>
</context>
<context>
    <name>reveille::WakeManyDialog</name>
    <message>
        <source>&amp;Empty message, without a SIR</source>
        <translation>Mensaje &amp;vacío, sin SIR</translation>
    </message>
    <message>
        <source>Also devices that are reachable &amp;now</source>
        <translation>También los dispositivos alcanzables a&amp;hora</translation>
    </message>
    <message>
        <source>&amp;Wake</source>
        <translation>&amp;Activar</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Parar</translation>
    </message>
    <message numerus="yes">
        <source>Wake %n device(s)</source>
        <translation>
            <numerusform>Activar %n dispositivo</numerusform>
            <numerusform>Activar %n dispositivos</numerusform>
        </translation>
    </message>
    <message>
        <source>How it stands</source>
        <translation>Cómo va</translation>
    </message>
    <message>
        <source>More than %L1 were chosen; the rest is left out.</source>
        <translation>Se eligieron más de %L1; el resto queda fuera.</translation>
    </message>
    <message>
        <source>They are started %1 at a time, so that no carrier is flooded.</source>
        <translation>Se inician %1 a la vez, para no inundar a ningún operador.</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progreso</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Dispositivos</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>Cuántos</translation>
    </message>
    <message>
        <source>What would become of each, or became</source>
        <translation>Qué sería, o fue, de cada uno</translation>
    </message>
    <message>
        <source>Start the wake-ups (Ctrl+Enter)</source>
        <translation>Iniciar las activaciones (Ctrl+Intro)</translation>
    </message>
    <message>
        <source>Cop&amp;y</source>
        <translation>Cop&amp;iar</translation>
    </message>
    <message>
        <source>Copy how it stands as text</source>
        <translation>Copiar como texto cómo va</translation>
    </message>
    <message>
        <source>by policy</source>
        <translation>según la política</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>&amp;Bearer</source>
        <translation>&amp;Portadora</translation>
    </message>
    <message>
        <source>&amp;Mode</source>
        <translation>&amp;Modo</translation>
    </message>
    <message>
        <source>Looking at how each can be woken: %L1 of %L2…</source>
        <translation>Mirando cómo se puede activar cada uno: %L1 de %L2…</translation>
    </message>
    <message>
        <source>None of them would be woken; the table says why.</source>
        <translation>No se activaría ninguno; la tabla dice por qué.</translation>
    </message>
    <message numerus="yes">
        <source>%L1 of %n device(s) would be woken.</source>
        <translation>
            <numerusform>Se activaría %L1 de %n dispositivo.</numerusform>
            <numerusform>Se activarían %L1 de %n dispositivos.</numerusform>
        </translation>
    </message>
    <message>
        <source>%L1 started, %L2 to go. %L3 came back so far.</source>
        <translation>%L1 iniciadas, faltan %L2. Hasta ahora han vuelto %L3.</translation>
    </message>
    <message>
        <source>Stopped after %L1; %L2 were left alone.</source>
        <translation>Parado tras %L1; %L2 se dejaron en paz.</translation>
    </message>
    <message numerus="yes">
        <source>%L1 of %n device(s) came back, %L2 under way, %L3 did not come.</source>
        <translation>
            <numerusform>%L1 de %n dispositivo ha vuelto, %L2 en marcha, %L3 sin volver.</numerusform>
            <numerusform>%L1 de %n dispositivos han vuelto, %L2 en marcha, %L3 sin volver.</numerusform>
        </translation>
    </message>
    <message>
        <source>Over %1</source>
        <translation>Por %1</translation>
    </message>
    <message>
        <source>Cannot be woken: %1</source>
        <translation>No se puede activar: %1</translation>
    </message>
    <message>
        <source>Reachable now, left alone</source>
        <translation>Alcanzable ahora, se deja en paz</translation>
    </message>
    <message>
        <source>Under way over %1</source>
        <translation>En marcha por %1</translation>
    </message>
    <message>
        <source>Came back, over %1</source>
        <translation>Volvió, por %1</translation>
    </message>
    <message>
        <source>Did not come: %1</source>
        <translation>No volvió: %1</translation>
    </message>
    <message>
        <source>Not started: %1</source>
        <translation>No iniciada: %1</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Cancelada</translation>
    </message>
    <message>
        <source>and %L1 more</source>
        <translation>y %L1 más</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Wake %n device(s)</source>
        <translation>
            <numerusform>&amp;Activar %n dispositivo</numerusform>
            <numerusform>&amp;Activar %n dispositivos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ca&amp;ncel %n under way</source>
        <translation>
            <numerusform>Ca&amp;ncelar %n en marcha</numerusform>
            <numerusform>Ca&amp;ncelar %n en marcha</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>reveille::WakePreviewPane</name>
    <message>
        <source>Octets that would be sent</source>
        <translation>Octetos que se enviarían</translation>
    </message>
    <message>
        <source>No wake-up route can be used; the checks say why.</source>
        <translation>No se puede usar ninguna ruta de activación; las comprobaciones dicen por qué.</translation>
    </message>
    <message>
        <source>By %1 over the bearer “%2”.</source>
        <translation>Por %1 con la portadora «%2».</translation>
    </message>
    <message numerus="yes">
        <source>An empty message of %n octet(s).</source>
        <translation>
            <numerusform>Un mensaje vacío de %n octeto.</numerusform>
            <numerusform>Un mensaje vacío de %n octetos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n octet(s) on the wire, %1 of them the SIR.</source>
        <translation>
            <numerusform>%n octeto en la red, %1 de ellos el SIR.</numerusform>
            <numerusform>%n octetos en la red, %1 de ellos el SIR.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mode: %1, to %n device(s);</source>
        <translation>
            <numerusform>Modo: %1, a %n dispositivo;</numerusform>
            <numerusform>Modo: %1, a %n dispositivos;</numerusform>
        </translation>
    </message>
    <message>
        <source>the device is named inside.</source>
        <translation>el dispositivo se nombra dentro.</translation>
    </message>
    <message>
        <source>no device is named inside.</source>
        <translation>no se nombra ningún dispositivo dentro.</translation>
    </message>
    <message>
        <source>Time, nonce and signature are made anew at the moment of sending.</source>
        <translation>La hora, el nonce y la firma se crean de nuevo en el momento del envío.</translation>
    </message>
    <message>
        <source>How much of one message it takes</source>
        <translation>Cuánto ocupa de un mensaje</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
</context>
<context>
    <name>reveille::WakeRepeat</name>
    <message>
        <source>Repeat over %1</source>
        <translation>Repetir por %1</translation>
    </message>
    <message>
        <source>Move to %1</source>
        <translation>Pasar a %1</translation>
    </message>
    <message>
        <source>No bearer is configured</source>
        <translation>No hay ninguna portadora configurada</translation>
    </message>
</context>
<context>
    <name>reveille::WakesPanel</name>
    <message>
        <source>Wake-ups of this device</source>
        <translation>Activaciones de este dispositivo</translation>
    </message>
    <message>
        <source>Wake-ups</source>
        <translation>Activaciones</translation>
    </message>
    <message>
        <source>Wake…</source>
        <translation>Activar…</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Todas</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>En marcha</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fallidas</translation>
    </message>
    <message>
        <source>Show wake-ups: %1</source>
        <translation>Mostrar activaciones: %1</translation>
    </message>
    <message>
        <source>Filter wake-ups</source>
        <translation>Filtrar activaciones</translation>
    </message>
    <message>
        <source>Filter the wake-ups by text</source>
        <translation>Filtrar las activaciones por texto</translation>
    </message>
    <message>
        <source>No wake-up fits these filters</source>
        <translation>Ninguna activación encaja con estos filtros</translation>
    </message>
    <message>
        <source>No wake-up yet</source>
        <translation>Aún no hay activaciones</translation>
    </message>
    <message>
        <source>Take a filter away to see more.</source>
        <translation>Quite un filtro para ver más.</translation>
    </message>
    <message>
        <source>When a push finds a device gone, or somebody wakes one by hand, the wake-up stands here: each attempt, what the carrier said, and how far it came.</source>
        <translation>Cuando un envío no encuentra un dispositivo, o alguien activa uno a mano, la activación está aquí: cada intento, qué dijo el operador y hasta dónde llegó.</translation>
    </message>
</context>
<context>
    <name>reveille::FaultBanner</name>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
    <message>
        <source>End all</source>
        <translation>Terminar todos</translation>
    </message>
    <message>
        <source>Injected faults</source>
        <translation>Fallos provocados</translation>
    </message>
    <message>
        <source>Show what is struck, and how often it was</source>
        <translation>Mostrar a qué afectan y cuántas veces lo hicieron</translation>
    </message>
    <message>
        <source>End every fault; what they hold back goes on its way at once</source>
        <translation>Terminar todos los fallos; lo que retienen sigue su camino enseguida</translation>
    </message>
    <message>
        <source>End all faults</source>
        <translation>Terminar todos los fallos</translation>
    </message>
    <message>
        <source>Show the faults</source>
        <translation>Mostrar los fallos</translation>
    </message>
    <message numerus="yes">
        <source>%Ln injected fault(s) in force</source>
        <translation>
            <numerusform>%Ln fallo provocado en vigor</numerusform>
            <numerusform>%Ln fallos provocados en vigor</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · ends in %2</source>
        <translation>%1 · termina en %2</translation>
    </message>
    <message>
        <source>%1, and others · the next ends in %2</source>
        <translation>%1, y otros · el próximo termina en %2</translation>
    </message>
</context>
<context>
    <name>reveille::FaultDialog</name>
    <message>
        <source>For &amp;good: it is not tried again</source>
        <translation>Para &amp;siempre: no se intenta de nuevo</translation>
    </message>
    <message>
        <source>&amp;Inject the fault</source>
        <translation>P&amp;rovocar el fallo</translation>
    </message>
    <message>
        <source>Inject a fault</source>
        <translation>Provocar un fallo</translation>
    </message>
    <message>
        <source>What the fault does</source>
        <translation>Qué hace el fallo</translation>
    </message>
    <message>
        <source>Puts it in force (Ctrl+Enter)</source>
        <translation>Lo pone en vigor (Ctrl+Intro)</translation>
    </message>
    <message>
        <source>Copy as &amp;reveillectl line</source>
        <translation>Copiar como línea de reveille&amp;ctl</translation>
    </message>
    <message>
        <source>Copy as c&amp;url line</source>
        <translation>Copiar como línea de c&amp;url</translation>
    </message>
    <message>
        <source>Drop: lost on the way</source>
        <translation>Descartar: se pierde por el camino</translation>
    </message>
    <message>
        <source>Delay: held back for a while</source>
        <translation>Retrasar: se retiene un tiempo</translation>
    </message>
    <message>
        <source>Duplicate: sent twice</source>
        <translation>Duplicar: se envía dos veces</translation>
    </message>
    <message>
        <source>Reject: answered with a code</source>
        <translation>Rechazar: se responde con un código</translation>
    </message>
    <message>
        <source>any device</source>
        <translation>cualquier dispositivo</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> ms</translation>
    </message>
    <message>
        <source> of 100</source>
        <translation> de cada 100</translation>
    </message>
    <message>
        <source>as often as it can</source>
        <translation>cuantas veces pueda</translation>
    </message>
    <message>
        <source> times</source>
        <translation> veces</translation>
    </message>
    <message>
        <source>what it is good for</source>
        <translation>para qué sirve</translation>
    </message>
    <message>
        <source>&amp;Strikes</source>
        <translation>&amp;Afecta a</translation>
    </message>
    <message>
        <source>&amp;Over</source>
        <translation>&amp;Por</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>&amp;Hacia</translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation>&amp;Tipo</translation>
    </message>
    <message>
        <source>&amp;Delay</source>
        <translation>Re&amp;traso</translation>
    </message>
    <message>
        <source>&amp;Code</source>
        <translation>Có&amp;digo</translation>
    </message>
    <message>
        <source>C&amp;hance</source>
        <translation>Pro&amp;babilidad</translation>
    </message>
    <message>
        <source>At &amp;most</source>
        <translation>Co&amp;mo mucho</translation>
    </message>
    <message>
        <source>&amp;Ends after</source>
        <translation>T&amp;ermina tras</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>&amp;Nota</translation>
    </message>
    <message>
        <source>any bearer</source>
        <translation>cualquier portadora</translation>
    </message>
    <message>
        <source>any connection</source>
        <translation>cualquier conexión</translation>
    </message>
    <message>
        <source>any bearer and connection</source>
        <translation>cualquier portadora y conexión</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1, until %2.</source>
        <translation>%1, hasta las %2.</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Copiado.</translation>
    </message>
    <message>
        <source>Copied. REVEILLE_TOKEN stands where the token belongs.</source>
        <translation>Copiado. REVEILLE_TOKEN ocupa el lugar del testigo.</translation>
    </message>
</context>
<context>
    <name>reveille::FaultModel</name>
    <message>
        <source>%L1 of %L2</source>
        <translation>%L1 de %L2</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>aún no</translation>
    </message>
    <message>
        <source>%1, ends in %2, struck %3</source>
        <translation>%1, termina en %2, se produjo %3</translation>
    </message>
    <message>
        <source>What is struck, and how</source>
        <translation>A qué afecta y cómo</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>Fallo</translation>
    </message>
    <message>
        <source>Messages it has struck so far</source>
        <translation>Mensajes a los que afectó hasta ahora</translation>
    </message>
    <message>
        <source>Struck</source>
        <translation>Veces</translation>
    </message>
    <message>
        <source>Time until it ends by itself</source>
        <translation>Tiempo hasta que termina por sí mismo</translation>
    </message>
    <message>
        <source>Ends in</source>
        <translation>Termina en</translation>
    </message>
    <message>
        <source>When it ends by itself</source>
        <translation>Cuándo termina por sí mismo</translation>
    </message>
    <message>
        <source>Ends at</source>
        <translation>Termina a las</translation>
    </message>
    <message>
        <source>What it is good for</source>
        <translation>Para qué sirve</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Who put it there</source>
        <translation>Quién lo provocó</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Por</translation>
    </message>
    <message>
        <source>Since when it is in force</source>
        <translation>Desde cuándo está en vigor</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Desde</translation>
    </message>
    <message>
        <source>When it struck last</source>
        <translation>Cuándo se produjo por última vez</translation>
    </message>
    <message>
        <source>Last strike</source>
        <translation>Última vez</translation>
    </message>
    <message>
        <source>As the journal names it</source>
        <translation>Como lo llama el diario</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Id</translation>
    </message>
</context>
<context>
    <name>reveille::FaultsPage</name>
    <message>
        <source>Injected faults</source>
        <translation>Fallos provocados</translation>
    </message>
    <message>
        <source>&amp;Inject a fault…</source>
        <translation>P&amp;rovocar un fallo…</translation>
    </message>
    <message>
        <source>&amp;End this fault</source>
        <translation>T&amp;erminar este fallo</translation>
    </message>
    <message>
        <source>End &amp;all</source>
        <translation>Terminar &amp;todos</translation>
    </message>
    <message>
        <source>A row for every fault that was put in the way of wake-ups and pushes: what it strikes, how often it did, and when it ends by itself.</source>
        <translation>Una fila por cada fallo provocado en activaciones y envíos: a qué afecta, cuántas veces se produjo y cuándo termina por sí mismo.</translation>
    </message>
    <message>
        <source>The chosen fault</source>
        <translation>El fallo elegido</translation>
    </message>
    <message>
        <source>End the chosen fault; what it holds back goes on its way at once (Delete)</source>
        <translation>Terminar el fallo elegido; lo que retiene sigue su camino enseguida (Supr)</translation>
    </message>
    <message>
        <source>End every fault</source>
        <translation>Terminar todos los fallos</translation>
    </message>
    <message>
        <source>No fault is in force</source>
        <translation>No hay ningún fallo en vigor</translation>
    </message>
    <message>
        <source>What becomes of a push when its wake-up is lost, comes late or twice, or is rejected? A fault on purpose shows it: over one bearer or kind of connection, or to one device, with a chance, and always with an end. Everything else goes its usual way.</source>
        <translation>¿Qué es de un envío cuando su activación se pierde, llega tarde o dos veces, o se rechaza? Un fallo a propósito lo muestra: por una portadora o un tipo de conexión, o hacia un dispositivo, con una probabilidad y siempre con un final. Todo lo demás sigue su curso habitual.</translation>
    </message>
    <message>
        <source>Inject a fault…</source>
        <translation>Provocar un fallo…</translation>
    </message>
    <message numerus="yes">
        <source>It has struck %n time(s), last at %1.</source>
        <translation>
            <numerusform>Se produjo %n vez, a las %1.</numerusform>
            <numerusform>Se produjo %n veces, la última a las %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>It has not struck yet.</source>
        <translation>Aún no se ha producido.</translation>
    </message>
    <message>
        <source>It ends at %1, or earlier by your hand.</source>
        <translation>Termina a las %1, o antes si usted lo termina.</translation>
    </message>
    <message>
        <source>The fault could not be ended.</source>
        <translation>El fallo no se pudo terminar.</translation>
    </message>
    <message>
        <source>The faults could not be ended.</source>
        <translation>Los fallos no se pudieron terminar.</translation>
    </message>
    <message>
        <source>&amp;Inject another like it…</source>
        <translation>Pro&amp;vocar otro igual…</translation>
    </message>
    <message>
        <source>&amp;Copy rows</source>
        <translation>&amp;Copiar filas</translation>
    </message>
    <message>
        <source>Copy as &amp;sentences</source>
        <translation>Copiar como &amp;frases</translation>
    </message>
    <message>
        <source>Copy as &amp;reveillectl line</source>
        <translation>Copiar como línea de &amp;reveillectl</translation>
    </message>
    <message>
        <source>Copy as c&amp;url line</source>
        <translation>Copiar como línea de c&amp;url</translation>
    </message>
</context>
<context>
    <name>reveille::CancelPushes</name>
    <message numerus="yes">
        <source>%Ln push(es) cancelled.</source>
        <translation>
            <numerusform>%Ln push cancelado.</numerusform>
            <numerusform>%Ln push cancelados.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be cancelled: %1</source>
        <translation>
            <numerusform>%Ln no se pudo cancelar: %1</numerusform>
            <numerusform>%Ln no se pudieron cancelar: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>A push is cancelled for every device it is still to reach, not for this one only. Its initiator is told.</source>
        <translation>El push se cancela para todos los dispositivos que aún debe alcanzar, no solo para este. Se avisa a su iniciador.</translation>
    </message>
    <message>
        <source>The device does not get it when it is back. Its initiator is told.</source>
        <translation>El dispositivo no lo recibirá cuando vuelva. Se avisa a su iniciador.</translation>
    </message>
    <message numerus="yes">
        <source>Cancel the push %1 (%2, %Ln octet(s))?</source>
        <translation>
            <numerusform>¿Cancelar el push %1 (%2, %Ln octeto)?</numerusform>
            <numerusform>¿Cancelar el push %1 (%2, %Ln octetos)?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cancel %Ln waiting push(es)?</source>
        <translation>
            <numerusform>¿Cancelar %Ln push en espera?</numerusform>
            <numerusform>¿Cancelar %Ln push en espera?</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel the push</source>
        <translation>Cancelar el push</translation>
    </message>
    <message>
        <source>Cancel the pushes</source>
        <translation>Cancelar los push</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Conservarlo</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Conservarlos</translation>
    </message>
</context>
<context>
    <name>reveille::DeliveryTree</name>
    <message>
        <source>Life of the push</source>
        <translation>Vida del push</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Desde</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Por qué</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Intentos</translation>
    </message>
    <message>
        <source>Wake-up</source>
        <translation>Activación</translation>
    </message>
</context>
<context>
    <name>reveille::PushDetail</name>
    <message>
        <source>How the push stands</source>
        <translation>Cómo está el push</translation>
    </message>
    <message>
        <source>What was asked for</source>
        <translation>Qué se pidió</translation>
    </message>
    <message>
        <source>De&amp;liveries</source>
        <translation>En&amp;tregas</translation>
    </message>
    <message>
        <source>Wh&amp;y</source>
        <translation>Por &amp;qué</translation>
    </message>
    <message>
        <source>As&amp;ked for</source>
        <translation>Pe&amp;dido</translation>
    </message>
    <message>
        <source>C&amp;ontent</source>
        <translation>C&amp;ontenido</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1.</translation>
    </message>
    <message numerus="yes">
        <source>%L1 of %Ln device(s) have it.</source>
        <translation>
            <numerusform>%L1 de %Ln dispositivo lo tiene.</numerusform>
            <numerusform>%L1 de %Ln dispositivos lo tienen.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1: %2.</translation>
    </message>
    <message>
        <source>It ended after %1.</source>
        <translation>Terminó a los %1.</translation>
    </message>
    <message>
        <source>It may wait %1 longer.</source>
        <translation>Puede esperar %1 más.</translation>
    </message>
    <message>
        <source>%1 for %2</source>
        <translation>%1 para %2</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Id</translation>
    </message>
    <message>
        <source>Initiator</source>
        <translation>Iniciador</translation>
    </message>
    <message>
        <source>Its name for it</source>
        <translation>Nombre que le da</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Para</translation>
    </message>
    <message>
        <source>Which devices</source>
        <translation>Qué dispositivos</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Aplicación</translation>
    </message>
    <message>
        <source>Content type</source>
        <translation>Tipo de contenido</translation>
    </message>
    <message>
        <source>Content encoding</source>
        <translation>Codificación del contenido</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
    <message numerus="yes">
        <source>%Ln octet(s)</source>
        <translation>
            <numerusform>%Ln octeto</numerusform>
            <numerusform>%Ln octetos</numerusform>
        </translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Prioridad</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Cuándo</translation>
    </message>
    <message>
        <source>SIR mode</source>
        <translation>Modo de SIR</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Aceptado</translation>
    </message>
    <message>
        <source>Held back until</source>
        <translation>Retenido hasta</translation>
    </message>
    <message>
        <source>May wait</source>
        <translation>Puede esperar</translation>
    </message>
    <message>
        <source>not at all: now or never</source>
        <translation>nada: ahora o nunca</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Válido hasta</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Terminado</translation>
    </message>
    <message>
        <source>Its end is told to</source>
        <translation>Su final se comunica a</translation>
    </message>
    <message>
        <source>Why each device was chosen is no longer kept. What happened to the push stands in the journal.</source>
        <translation>Ya no se guarda por qué se eligió cada dispositivo. Lo que pasó con el push está en el diario.</translation>
    </message>
    <message>
        <source>It has no content.</source>
        <translation>No tiene contenido.</translation>
    </message>
    <message>
        <source>Show the &amp;device</source>
        <translation>Mostrar el &amp;dispositivo</translation>
    </message>
    <message>
        <source>Show its &amp;wake-up</source>
        <translation>Mostrar su &amp;activación</translation>
    </message>
    <message>
        <source>There was no device to get it.</source>
        <translation>No había ningún dispositivo que lo recibiera.</translation>
    </message>
</context>
<context>
    <name>reveille::PushHistoryModel</name>
    <message>
        <source>staff</source>
        <translation>personal</translation>
    </message>
    <message>
        <source>session %1</source>
        <translation>sesión %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln chosen device(s)</source>
        <translation>
            <numerusform>%Ln dispositivo elegido</numerusform>
            <numerusform>%Ln dispositivos elegidos</numerusform>
        </translation>
    </message>
    <message>
        <source>valid until %1</source>
        <translation>válido hasta %1</translation>
    </message>
    <message>
        <source>%L1 of %L2</source>
        <translation>%L1 de %L2</translation>
    </message>
    <message>
        <source>now or never</source>
        <translation>ahora o nunca</translation>
    </message>
    <message>
        <source>When the server took it</source>
        <translation>Cuándo lo aceptó el servidor</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Aceptado</translation>
    </message>
    <message>
        <source>How it stands, over all of its devices</source>
        <translation>Cómo está, entre todos sus dispositivos</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Of the devices that are to get it, those that are done with it, well or badly</source>
        <translation>De los dispositivos que deben recibirlo, los que ya han terminado, bien o mal</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Hechos</translation>
    </message>
    <message>
        <source>The user, and what the initiator named: a device, a number, a session</source>
        <translation>El usuario y lo que nombró el iniciador: un dispositivo, un número, una sesión</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Para</translation>
    </message>
    <message>
        <source>The application server it came from, or staff</source>
        <translation>El servidor de aplicaciones del que vino, o el personal</translation>
    </message>
    <message>
        <source>Initiator</source>
        <translation>Iniciador</translation>
    </message>
    <message>
        <source>The application on the device it is for</source>
        <translation>La aplicación del dispositivo a la que va</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Aplicación</translation>
    </message>
    <message>
        <source>Type of the content</source>
        <translation>Tipo del contenido</translation>
    </message>
    <message>
        <source>Content type</source>
        <translation>Tipo de contenido</translation>
    </message>
    <message>
        <source>Size of the content in octets</source>
        <translation>Tamaño del contenido en octetos</translation>
    </message>
    <message>
        <source>Octets</source>
        <translation>Octetos</translation>
    </message>
    <message>
        <source>How long it may still wait; empty once it is over</source>
        <translation>Cuánto puede esperar aún; vacío cuando ha terminado</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Queda</translation>
    </message>
    <message>
        <source>Its identity, whole in the tool tip and in copies</source>
        <translation>Su identidad, completa en la ayuda emergente y en las copias</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Id</translation>
    </message>
</context>
<context>
    <name>reveille::PushesPage</name>
    <message>
        <source>Pushes</source>
        <translation>Push</translation>
    </message>
    <message>
        <source>Read &amp;older</source>
        <translation>Leer &amp;anteriores</translation>
    </message>
    <message>
        <source>&amp;Cancel chosen…</source>
        <translation>&amp;Cancelar elegidos…</translation>
    </message>
    <message>
        <source>Send push</source>
        <translation>Enviar push</translation>
    </message>
    <message>
        <source>A row for every push there was, newest first: how it stands, whom it is for, who sent it. Older ones are read as you scroll on.</source>
        <translation>Una fila por cada push que hubo, el más nuevo primero: cómo está, para quién es, quién lo envió. Los anteriores se leen al desplazarse.</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Todos</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>En curso</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Entregados</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fallidos</translation>
    </message>
    <message>
        <source>Show pushes: %1</source>
        <translation>Mostrar push: %1</translation>
    </message>
    <message>
        <source>Expired, cancelled, replaced, undeliverable</source>
        <translation>Caducados, cancelados, reemplazados, no entregables</translation>
    </message>
    <message>
        <source>Accepted, waiting, waking, being sent</source>
        <translation>Aceptados, en espera, activando, enviándose</translation>
    </message>
    <message>
        <source>User, number, device, id, application…</source>
        <translation>Usuario, número, dispositivo, id, aplicación…</translation>
    </message>
    <message>
        <source>Search the pushes</source>
        <translation>Buscar en los push</translation>
    </message>
    <message>
        <source>Pushes with this in their id, user, target, application or reference</source>
        <translation>Los push con esto en su id, usuario, destino, aplicación o referencia</translation>
    </message>
    <message>
        <source>How many pushes are shown</source>
        <translation>Cuántos push se muestran</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>E&amp;xportar…</translation>
    </message>
    <message>
        <source>Write the rows shown as CSV</source>
        <translation>Escribe en CSV las filas que se muestran</translation>
    </message>
    <message>
        <source>Read the next older pushes; scrolling to the end does it too</source>
        <translation>Lee los push anteriores; desplazarse hasta el final también lo hace</translation>
    </message>
    <message>
        <source>Nobody gets the chosen pushes (Delete)</source>
        <translation>Nadie recibe los push elegidos (Supr)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln push(es) shown, newest first.</source>
        <translation>
            <numerusform>Se muestra %Ln push, el más nuevo primero.</numerusform>
            <numerusform>Se muestran %Ln push, el más nuevo primero.</numerusform>
        </translation>
    </message>
    <message>
        <source>The rest could not be read: %1</source>
        <translation>El resto no se pudo leer: %1</translation>
    </message>
    <message>
        <source>Reading older ones…</source>
        <translation>Leyendo los anteriores…</translation>
    </message>
    <message>
        <source>There are older ones; use the filters to find them.</source>
        <translation>Hay más antiguos; use los filtros para encontrarlos.</translation>
    </message>
    <message>
        <source>There are no others.</source>
        <translation>No hay más.</translation>
    </message>
    <message>
        <source>Scroll on for older ones.</source>
        <translation>Desplácese para ver los anteriores.</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Cancel %Ln pushes…</source>
        <translation>
            <numerusform>&amp;Cancelar %Ln push…</numerusform>
            <numerusform>&amp;Cancelar %Ln push…</numerusform>
        </translation>
    </message>
    <message>
        <source>The pushes could not be read</source>
        <translation>No se pudieron leer los push</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>No pushes to show</source>
        <translation>No hay push que mostrar</translation>
    </message>
    <message>
        <source>The server does not run. What it was given stands here once it serves.</source>
        <translation>El servidor no está en marcha. Lo que se le entregó aparece aquí cuando sirva.</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Buscando…</translation>
    </message>
    <message>
        <source>Older and older pushes are looked at.</source>
        <translation>Se miran push cada vez más antiguos.</translation>
    </message>
    <message>
        <source>No push fits these filters</source>
        <translation>Ningún push se ajusta a estos filtros</translation>
    </message>
    <message>
        <source>Take a filter away to see more.</source>
        <translation>Quite un filtro para ver más.</translation>
    </message>
    <message>
        <source>Show all pushes</source>
        <translation>Mostrar todos los push</translation>
    </message>
    <message>
        <source>No push yet</source>
        <translation>Todavía no hay push</translation>
    </message>
    <message>
        <source>Every push that an application server or you hand to the server stands here: how it is, at which devices, and why.</source>
        <translation>Aquí consta cada push que un servidor de aplicaciones o usted entregan al servidor: cómo está, en qué dispositivos y por qué.</translation>
    </message>
    <message>
        <source>Export the pushes shown</source>
        <translation>Exportar los push que se muestran</translation>
    </message>
</context>
<context>
    <name>reveille::InitiatorBox</name>
    <message>
        <source>Show pushes of this initiator</source>
        <translation>Mostrar los push de este iniciador</translation>
    </message>
    <message>
        <source>Of which application server</source>
        <translation>De qué servidor de aplicaciones</translation>
    </message>
    <message>
        <source>All initiators</source>
        <translation>Todos los iniciadores</translation>
    </message>
    <message>
        <source>Staff</source>
        <translation>Personal</translation>
    </message>
</context>
<context>
    <name>reveille::FoldedLabel</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copiar</translation>
    </message>
</context>
</TS>
