"""El LEAME del paquete: cómo comprobar cada cosa a mano, con lo que cualquier equipo trae."""

from __future__ import annotations

from datetime import date

from sgc_gt.consultas.integridad import Integridad
from sgc_gt.dominio.ancla import leer
from sgc_gt.dominio.fechas import imprimir_fecha

MARCA = "Paquete de auditoría"
"""Con estas palabras empieza: así se reconoce una carpeta como nuestra antes de reemplazarla."""

_TEXTO = """\
{marca}
{servicio}
Fecha de corte: {fecha}
Ancla de la historia: {ancla}
Al armarlo: {dice}{evidencias}

Abra index.html con doble clic. Nada de esta carpeta necesita internet ni instalar algo para leerse.


QUÉ HAY

  index.html       el índice: documentos, registros y listas a la fecha de corte
  auditoria.html   cada cláusula de la norma con su evidencia (auditoria.json: lo mismo, para un
                   programa, y lo que dio repetir la historia)
  hallazgos.html   lo que una auditoría podría anotar, y lo que no se pudo mirar (hallazgos.json)
  expedientes/     una página por documento: aprobación, respaldos, versiones y qué cambió en cada una
  vigentes/        los archivos exactos que rigen, byte por byte
  listas/          lista maestra, listado de registros y documentos externos, con su fecha de corte
  historial.csv    todos los movimientos del servicio: quién, cuándo, en qué calidad, con qué respaldo
  historia/        la historia completa, en el formato del programa git{firmantes_que}
  SHA256SUMS       el resumen sha256 de cada archivo de esta carpeta


CÓMO COMPROBARLO SIN ESTE SISTEMA

1. Que ningún archivo cambió desde que se armó el paquete. Dentro de esta carpeta:

   Linux o macOS:        sha256sum -c SHA256SUMS
                         (en macOS: shasum -a 256 -c SHA256SUMS)
   Windows, PowerShell:  Get-Content SHA256SUMS | ForEach-Object {{
                           $suma, $archivo = $_ -split '  ', 2
                           if ((Get-FileHash $archivo).Hash -ne $suma) {{ "CAMBIADO: $archivo" }}
                         }}
                         (si no escribe nada, ninguno cambió)
   Windows, un archivo:  certutil -hashfile index.html SHA256
                         y compare con su línea en SHA256SUMS

   Esto dice que el paquete está entero, no quién lo armó: guarde aparte el resumen de SHA256SUMS, o anótelo
   en el acta de la visita.

2. Que la historia es la que se dice. Con git (https://git-scm.com), desde esta carpeta:

   git clone historia/servicio.bundle ../servicio
   git -C ../servicio rev-list --count HEAD      debe decir {numero}
   git -C ../servicio rev-parse HEAD             debe empezar por {prefijo}
   git -C ../servicio fsck --full                no debe informar errores
   git -C ../servicio log                        los movimientos, del último al primero
   git -C ../servicio log -- documentos          solo los de documentos

   Lo que git guarda se nombra por su resumen: cambiar un solo movimiento cambia su nombre y el de todos los
   que siguen. Por eso basta mirar el último.

   Lo que esto no descubre: un movimiento falso, bien formado, que alguien agregó con git. Las sumas calzan,
   rev-list lo cuenta y fsck no tiene de qué quejarse, porque ninguno conoce las reglas del servicio: quién
   podía decidir, con qué respaldo, en qué orden. Quien sí lo descubre es el programa del servicio, que vuelve
   a decidir cada movimiento. Con él instalado, y sin creerle al equipo donde se armó este paquete:

   cd ../servicio
   sgc-gt verificar --sin-evidencias --ancla {ancla}

3. Que un archivo de vigentes/ es el que se aprobó. Compare su sha256 con el que dice su ficha:

   certutil -hashfile vigentes\\ARCHIVO SHA256      (o: sha256sum vigentes/ARCHIVO)
   ../servicio/documentos/ÁREA/CÓDIGO/ficha.json    en el movimiento «emitir» o «importar», la clave sha256

   El mismo archivo está además en ../servicio/documentos/ÁREA/CÓDIGO/.

4. Que un respaldo es el que se registró. Los respaldos van dentro de cada expediente, para guardarlos y
   abrirlos; su sha256 debe ser el de la clave «evidencia» del movimiento en la ficha.
{firmas}

QUÉ ES EL ANCLA

{ancla} dice que la historia tiene {numero} movimientos y que el nombre del último empieza por {prefijo}.
Se imprime en los documentos, las listas y las actas que el servicio emite. Si usted tiene un papel con un
ancla anterior, ese movimiento debe seguir en la historia, en el mismo lugar. Para uno que diga
70-3f9a1c2b4d5e, el nombre que responde esto debe empezar por 3f9a1c2b4d5e:

   Linux o macOS:        git -C ../servicio rev-list --reverse HEAD | sed -n 70p
   Windows, PowerShell:  (git -C ../servicio rev-list --reverse HEAD)[70 - 1]

Con este sistema instalado, dentro de la carpeta del servicio: sgc-gt verificar --ancla 70-3f9a1c2b4d5e


QUÉ NO PRUEBA ESTE PAQUETE

- Que no falte el final de la historia, o que no se haya escrito otra entera, si usted no tiene un ancla
  anterior guardada fuera del servicio.
- Que un correo sea una persona: eso lo prueban los respaldos{firmas_no}.
- Que lo que los documentos dicen se haga en la práctica. Eso se mira en los lugares de trabajo.
- Lo que el sistema no lleva: está dicho, uno por uno, en la sección «Sin datos» de hallazgos.html.
"""
_FIRMAS = """
5. Que un movimiento firmado lo firmó quien dice. Con git y las claves públicas de este paquete:

   git -C ../servicio config gpg.ssh.allowedSignersFile RUTA/historia/allowed_signers
   git -C ../servicio log --show-signature

   RUTA es la de esta carpeta, completa. Las claves son las que el servicio registró; cada movimiento firmado
   debe decir «Good "git" signature» y el correo de quien lo anotó. Uno solo:
   git -C ../servicio verify-commit NOMBRE
"""


def leame(servicio: str, fecha: date, integridad: Integridad, *, firmantes: bool) -> str:
    """El texto entero. `firmantes`: si el paquete lleva las claves públicas con que se firma."""
    ancla = integridad.ancla
    anclada = leer(ancla)
    return _TEXTO.format(
        marca=MARCA,
        servicio=servicio,
        fecha=imprimir_fecha(fecha),
        ancla=ancla,
        dice=integridad.dice,
        evidencias="".join(f"\n  - {e}" for e in integridad.evidencias),
        numero=anclada.numero,
        prefijo=anclada.prefijo,
        firmantes_que=" (allowed_signers: las claves públicas)" if firmantes else "",
        firmas=_FIRMAS if firmantes else "",
        firmas_no=" y, donde la hay, la firma del movimiento" if firmantes else "",
    )
